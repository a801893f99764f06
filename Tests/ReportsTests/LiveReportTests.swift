import MigrateCore
import Testing

@testable import Reports

/// The few lines at the foot of a terminal while a run is carried on.
@Suite struct LiveReportTests {
    private func foot(_ story: Story, height: Int = 24, notes: [StepID: String] = [:]) -> String {
        let rows = LiveReport.rows(
            of: story.snapshot(isHeld: true),
            notes: notes,
            at: story.time,
            style: Style(width: 80),
            height: height
        )
        return rows.map(\.text).joined(separator: "\n")
    }

    @Test func aWaitIsCountedDown() {
        #expect(
            foot(.shifting) == """
                ── lgtm-fargate · prod  phase-5 Traffic switch  3/4  51s of 1m  in all 7/8
                  … shift/soak-w10  soaking until 08:05:11, 4m 15s left
                  Ctrl-C: stop after the call in hand · elsewhere: migrate pause, back-out
                """
        )
    }

    @Test func theNewestNoteStandsBesideTheStep() {
        var story = Story()
        story.begin()
        story.start("network")
        story.pass(.seconds(5))
        #expect(
            foot(story, notes: [StepID("network"): "1 of 2 subnets"]) == """
                ── lgtm-fargate · prod  phase-1 Preparation  0/4  5s of 1d  in all 0/8
                  ▸ network  in_progress 5s  1 of 2 subnets
                  Ctrl-C: stop after the call in hand · elsewhere: migrate pause, back-out
                """
        )
    }

    @Test func manyAtOnceLeaveHalfOfTheTerminalToWhatHappened() {
        var story = Story()
        story.begin()
        for id in ["network", "repositories[mimir]", "repositories[loki]", "backup"] { story.start(id) }
        let rows = foot(story, height: 10).split(separator: "\n")
        #expect(rows.count == 5)
        #expect(rows[3] == "    … 2 more at work")
    }

    @Test func noRowIsWiderThanTheTerminal() {
        let rows = LiveReport.rows(
            of: Story.shifting.snapshot(isHeld: true),
            notes: [StepID("shift/soak-w10"): String(repeating: "길", count: 90)],
            at: Story.shifting.time,
            style: Style(language: .korean, width: 60),
            height: 24
        )
        #expect(rows.allSatisfy { $0.cells <= 60 })
        #expect(rows.contains { $0.cells >= 59 })
    }
}
