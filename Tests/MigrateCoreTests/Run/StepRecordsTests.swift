import Testing

@testable import MigrateCore

/// Which steps are asked whether they may start.
@Suite struct StepRecordsTests {
    /// `a ← b ← c ← d`, `d` also waits for `a`; `e` waits for nothing, and `f` for what the plan does not have.
    private var records = StepRecords(
        PlanIndex(
            Plan(
                runbook: "test",
                environment: "none",
                title: LocalizedText("Test"),
                phases: [PlanPhase(id: PhaseID("phase-1"), title: LocalizedText("One"))],
                steps: [
                    step("a"), step("b", needs: ["a"]), step("c", needs: ["b"]), step("d", needs: ["a", "c"]),
                    step("e"), step("f", needs: ["nothing"]),
                ]
            )
        )
    )

    private static func step(_ name: String, needs: [String] = []) -> PlanStep {
        PlanStep(
            id: StepID(name),
            phase: PhaseID("phase-1"),
            title: LocalizedText(name),
            work: .probe(ProbeCall(kind: "look", parameters: [:])),
            needs: needs.map { StepID($0) }
        )
    }

    private var candidates: [Int] {
        var found: [Int] = []
        while let next = records.firstCandidate(from: found.last.map { $0 + 1 } ?? 0, before: 6) { found.append(next) }
        return found
    }

    @Test func whatWaitsForNothingIsAsked() {
        #expect(candidates == [0, 4])
        #expect(records.firstCandidate(from: 0, before: 4) == 0)
        #expect(records.firstCandidate(from: 1, before: 4) == nil)
    }

    @Test mutating func whatWaitsIsAskedOnceSomethingItWaitsForIsOver() {
        records[0].state = .probing(attempt: 1)
        #expect(candidates == [4])
        records[0].state = .succeeded
        #expect(candidates == [1, 3, 4])
    }

    @Test mutating func whatWaitsForAStepThatWasLeftOutIsAsked() {
        records[1].state = .skipped(reason: "not here")
        #expect(candidates == [0, 2, 4])
        records[2].state = .skipped(reason: "nor this")
        #expect(candidates == [0, 3, 4])
    }

    @Test mutating func aStepThatIsBegunAnewIsAskedAgain() {
        records[0].state = .succeeded
        records[1].state = .succeeded
        records[1].state = .rolledBack
        #expect(candidates == [2, 3, 4])
        records[1].state = .pending
        #expect(candidates == [1, 2, 3, 4])
    }
}
