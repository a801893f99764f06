import Testing

@testable import MigrateCore

@Suite struct PlanComparisonTests {
    private func plan(_ steps: [PlanStep]) -> Plan {
        Plan(runbook: "r", environment: "e", title: LocalizedText("R"), phases: [], steps: steps)
    }

    @Test func whatWasAddedRemovedAndChangedIsSaid() throws {
        var slower = PlanStep.action("b")
        slower.timeout = .seconds(5)
        slower.window = "Sat 01:00-05:00 UTC"
        let comparison = try PlanComparison(
            from: plan([.action("a"), .action("b"), .probe("c")]),
            to: plan([slower, .probe("c"), .probe("d")])
        )
        #expect(comparison.added == ["d"])
        #expect(comparison.removed == ["a"])
        #expect(comparison.changed.map(\.step) == ["b"])
        #expect(
            comparison.changed.first?.members == [
                .init(name: "timeout", before: 600_000, after: 5000),
                .init(name: "window", before: .null, after: "Sat 01:00-05:00 UTC"),
            ]
        )
    }

    @Test func wordsAndOrderAreNoChange() throws {
        var worded = PlanStep.action("a")
        worded.title = LocalizedText(texts: ["en": "Other", "ko": "다른"])
        worded.why = LocalizedText("Because")
        let comparison = try PlanComparison(
            from: plan([.action("a"), .probe("b")]),
            to: plan([.probe("b"), worded])
        )
        #expect(comparison == PlanComparison(added: [], removed: [], changed: []))
        #expect(worded.doesTheSame(as: .action("a")))
        #expect(!worded.doesTheSame(as: .action("a", verify: true)))
    }

    /// A member that is added to steps one day is compared from that day on.
    @Test func everyMemberOfAStepIsCompared() throws {
        let plain = try #require(PlanSamples.plan.steps.first { $0.id == "plain" })
        var full = try #require(PlanSamples.plan.steps.first { $0.id == "shift/w10" })
        full.rollback = .captured
        let members = try StepDifference(from: plain, to: full).members.map(\.name)
        let encoded = try #require(try ValueEncoder.encode(full).object)
        let compared = Set(members.map { String($0.prefix { $0 != "." }) })
        #expect(compared == Set(encoded.keys).subtracting(["title", "why"]))
    }
}
