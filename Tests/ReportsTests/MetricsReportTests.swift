import MigrateCore
import Testing

@testable import Reports

@Suite struct MetricsReportTests {
    @Test func everyFamilyHasItsHelpAndItsType() {
        let lines = MetricsReport.text(of: Story.failed.snapshot(), at: Story.failed.time).split(separator: "\n")
        let samples = Set(lines.filter { !$0.hasPrefix("#") }.compactMap { $0.split(separator: "{").first })
        #expect(Set(lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }) == samples)
        #expect(Set(lines.filter { $0.hasPrefix("# HELP ") }.map { $0.split(separator: " ")[2] }) == samples)
    }

    @Test func stepsAreCountedByPhaseAndState() {
        let text = MetricsReport.text(of: Story.failed.snapshot(), at: Story.failed.time)
        let labels = "runbook=\"lgtm-fargate\",environment=\"prod\""
        #expect(
            text.split(separator: "\n").filter { $0.hasPrefix("migrate_steps{") } == [
                "migrate_steps{\(labels),phase=\"phase-1\",state=\"failed\"} 1",
                "migrate_steps{\(labels),phase=\"phase-1\",state=\"pending\"} 1",
                "migrate_steps{\(labels),phase=\"phase-1\",state=\"succeeded\"} 2",
                "migrate_steps{\(labels),phase=\"phase-5\",state=\"pending\"} 4",
            ]
        )
    }

    @Test func whatALabelHoldsStaysInIt() {
        var snapshot = Story.failed.snapshot()
        snapshot.environment = "pr\"od\n\\"
        let line = MetricsReport.text(of: snapshot, at: Story.failed.time).split(separator: "\n")[2]
        #expect(line == "migrate_run_number{runbook=\"lgtm-fargate\",environment=\"pr\\\"od\\n\\\\\"} 3")
    }
}
