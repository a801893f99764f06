import MigrateCore
import Testing

@testable import Reports

@Suite struct ReportWordsTests {
    @Test(arguments: [
        ("network", "network"), ("shift/w10", "shift/w10"), ("push[mimir]", "'push[mimir]'"),
        ("log-groups[mimir]/group", "'log-groups[mimir]/group'"), ("a[it's]", "'a[it'\\''s]'"),
        ("a[$HOME]", "'a[$HOME]'"),
    ])
    func idsAreOneWordToAShell(id: String, argument: String) {
        #expect(ReportWords.argument(StepID(id)) == argument)
    }

    @Test func itemsOfALoopAreListedTogetherAndOthersAreNot() {
        let ids = [
            "oidc", "push[mimir]", "push[loki]", "build[loki]", "logs[a]/group", "logs[b]/group", "logs[b]/days", "end",
        ]
        let list = ReportWords.list(ids.map { StepID($0) })
        #expect(list == "oidc, push[mimir, loki], build[loki], logs[a, b]/group, logs[b]/days, end")
    }

    @Test func anIdIsNeverCutHoweverLong() {
        let id = StepID("execution-role/attach-AmazonECSTaskExecutionRolePolicy")
        let finding = StepVerification(step: id, verdict: .pass("there"))
        #expect(VerifyReport.text(of: [finding], style: Style(width: 80)).contains("\(id)  there"))
    }

    @Test func whatWasKeptIsListedOnceAndTheWayToUndoItIsNamed() {
        var story = Story()
        story.begin()
        story.make("backup", "create image of i-1")
        story.begin(.rollback([StepID("backup")], includeKept: false))
        story.tell(.step(StepID("backup"), .kept))
        story.end(.rolledBack)
        let screen = StatusReport.text(of: story.snapshot(), at: story.time + .seconds(9000), style: Style(width: 80))
        #expect(
            screen == """
                lgtm-fargate · prod · run 3  LGTM stack from EC2 to ECS Fargate
                rolled back
                begun 2027-01-15T08:00:00Z by sungho, 2h 30m ago; 8 events; the last 2h 30m ago

                  ■ phase-1  Preparation     0/4  3s of 1d
                  · phase-5  Traffic switch  0/4  planned 1m

                kept: backup

                next: `migrate run` begins a new run; `migrate rollback --all --include-kept`
                      undoes what was kept too
                """
        )
    }
}
