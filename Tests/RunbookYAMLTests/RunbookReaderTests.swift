import MigrateCore
import RunbookYAML
import Testing

@Suite struct RunbookReaderTests {
    @Test func goodRunbookHasNothingToSay() {
        #expect(Fixtures.messages(Fixtures.good) == "")
    }

    @Test func stepsComeInAnOrderInWhichTheyCanRun() throws {
        let plan = try Fixtures.plan(Fixtures.good)
        let table = plan.steps.map { "\($0.id) < \($0.needs.map(\.rawValue).joined(separator: " "))" }
        #expect(
            table == [
                "repositories[mimir] < ",
                "repositories[loki] < ",
                "bucket-writable < repositories[mimir] repositories[loki]",
                "image-pushed[mimir] < bucket-writable",
                "image-pushed[loki] < bucket-writable",
                "agents < bucket-writable",
                "settle < agents image-pushed[mimir] image-pushed[loki]",
                "approve < ",
                "shift/convert < approve",
                "shift/w10 < shift/convert",
                "shift/settle-10 < shift/w10",
                "shift/soak-10 < shift/settle-10",
                "shift/w100 < shift/soak-10",
                "shift/settle-100 < shift/w100",
                "shift/soak-100 < shift/settle-100",
                "stop-old < shift/soak-100",
            ]
        )
    }

    @Test func everythingInTheFileReachesTheRunbook() throws {
        let runbook = try RunbookReader.read(text: Fixtures.good, file: "runbook.yaml")
        #expect(runbook.id == "lgtm-fargate")
        #expect(runbook.title.text(in: "ko") == "LGTM 스택 EC2 → ECS Fargate 마이그레이션")
        #expect(runbook.variables.map(\.name) == ["vpc_id", "bucket", "components"])
        #expect(
            runbook.secrets.map(\.source) == [
                .environment(variable: "GRAFANA_TOKEN"),
                .secretsManager(id: "${bucket}/database", key: "password"),
                .parameter(name: "/lgtm/slack"),
            ]
        )
        #expect(
            runbook.approvals == [
                ApprovalPolicy(name: "cutover", minimum: 2, excludesInitiator: true, expires: .seconds(3600))
            ]
        )
        #expect(runbook.phases.map(\.id) == [PhaseID("phase-1"), PhaseID("phase-5")])
        #expect(runbook.phases[0].planned == .seconds(86_400))
        #expect(runbook.phases[1].requirement == .init(rollbackReady: true, verifiedWithin: .seconds(1800)))
        let stop = try #require(runbook.phases[1].steps.last)
        #expect(stop.rollback == StepDeclaration.Rollback.none(reason: "the old side is gone"))
        #expect(stop.isPointOfNoReturn)
        #expect(stop.timeout == .seconds(1200))
        #expect(stop.onFailure == .pause)
        #expect(stop.location == SourceLocation(file: "runbook.yaml", line: 59, column: 13))
    }

    @Test func secretsKnowVariables() throws {
        let plan = try Fixtures.plan(Fixtures.good)
        #expect(plan.secrets[1].source == .secretsManager(id: "lgtm-vpc-1/database", key: "password"))
    }

    @Test(arguments: [
        ("{attempts: 3}", RetryPolicy(attempts: 3, patience: nil, interval: .seconds(5), ceiling: .seconds(30))),
        (
            "{for: 10m, every: 2s, at_most: 20s}",
            RetryPolicy(attempts: 1, patience: .seconds(600), interval: .seconds(2), ceiling: .seconds(20))
        ),
        (
            "{for: 1h, every: 1m}",
            RetryPolicy(attempts: 1, patience: .seconds(3600), interval: .seconds(60), ceiling: .seconds(60))
        ),
    ])
    func retryIsByCountOrByTime(text: String, expected: RetryPolicy) throws {
        let plan = try Fixtures.plan(
            """
            migrate: 1
            runbook: r
            phases:
              - id: p
                steps:
                  - {id: s, probe: http, with: {url: x}, retry: \(text)}
            """
        )
        #expect(plan.steps.first?.retry == expected)
    }

    @Test func aPlanSurvivesItsJournal() throws {
        let plan = try Fixtures.plan(Fixtures.good)
        let text = try ValueEncoder.encode(plan).text
        #expect(try ValueDecoder.decode(Plan.self, from: Value(parsing: text)) == plan)
    }

    @Test func mistakesOfReadingAndOfPlanningComeTogether() {
        let text = """
            migrate: 1
            runbook: r
            phases:
              - id: p
                steps:
                  - {id: a, probe: htttp}
                  - {id: b, prob: http}
                  - {id: c, soak: 5m, needs: [b]}
            """
        let said = Fixtures.messages(text)
        #expect(said.contains("unknown probe `htttp`"))
        #expect(said.contains("a step has no `prob`"))
        #expect(!said.contains("needs the unknown step"), "a step that could not be read is still known by name")
    }
}
