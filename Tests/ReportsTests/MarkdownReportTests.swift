import MigrateCore
import Testing

@testable import Reports

@Suite struct MarkdownReportTests {
    @Test func theSummaryOfAJobSaysWhatIsWrongAndWhatToDo() {
        let story = Story.failed
        #expect(
            MarkdownReport.summary(of: story.snapshot(), at: story.time, language: .english) == """
                # LGTM stack from EC2 to ECS Fargate

                `lgtm-fargate` in `prod`, run 3: **paused: step \\`repositories\\[loki\\]\\` failed**

                Begun 2027-01-15T08:00:00Z by sungho, last event 2027-01-15T08:00:10Z.

                | phase | | steps | taken | planned |
                |---|---|---|---|---|
                | phase-1 | Preparation | 2 of 4 | 1m 50s | 1d |
                | phase-5 | Traffic switch | 0 of 4 |  | 1m |
                - **repositories\\[loki\\]** failed: the service refused: LimitExceeded, repositories in this account: 10000 of 10000. Hint: ask for a larger quota.

                Next: \\`migrate show 'repositories\\[loki\\]'\\`; once mended \\`migrate run\\` tries it again, or \\`migrate skip 'repositories\\[loki\\]' --reason WHY\\`

                """
        )
    }

    @Test func theReportHasApprovalsTrafficAndTheHashOfTheRecord() {
        let story = Story.backedOut
        var picture = RunPicture(header: story.state.header)
        _ = picture.take(story.entries, head: "beef")
        let snapshot = picture.snapshot(holder: nil, isHolderAlive: false)
        let text = MarkdownReport.text(
            of: snapshot,
            document: picture.document(of: snapshot, at: story.time, whole: true),
            at: story.time,
            language: .english
        )
        let sections = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(
            sections == [
                "## Phases", "## phase-1: Preparation", "## phase-5: Traffic switch", "## Traffic: shift",
                "## Approvals", "## Where it went another way", "## Record",
            ]
        )
        #expect(text.hasSuffix("the last:\n\n    beef\n"))
    }
}
