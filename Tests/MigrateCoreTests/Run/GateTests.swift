import MigrateCore
import Testing

@Suite("What a phase requires")
struct GateTests {
    private static let phase = PlanPhase(
        id: "phase-2",
        title: LocalizedText("two"),
        requirement: .init(rollbackReady: true, verifiedWithin: .seconds(1800))
    )
    private static let stale = GateFinding(unready: [StepReadiness(step: "make", readiness: .stale("edited"))])

    /// A change, then a phase of two probes that requires a proved way back; up to where that is asked.
    private static func atTheGate() throws -> Night {
        let first = PlanPhase(id: "phase-1", title: LocalizedText("one"))
        let steps: [PlanStep] = [
            .action("make"), .probe("look", phase: "phase-2"), .probe("next", needs: ["look"], phase: "phase-2"),
        ]
        var night = Night(steps, phases: [first, phase])
        try night.begin()
        try night.make("make")
        return night
    }

    @Test func nothingOfThePhaseStartsBeforeItsRequirementWasSeenToHold() throws {
        var night = try Self.atTheGate()
        #expect(night.effects == [.requirement("phase-2", after: nil)])
        try night.answer(.requirement("phase-2", after: nil), .requirement(GateFinding()))
        #expect(night.effects.contains(.probe("look", attempt: 1)))
    }

    @Test func aWayBackThatIsNotReadyStopsTheRunUnlessAPersonAcceptsIt() throws {
        var night = try Self.atTheGate()
        try night.answer(.requirement("phase-2", after: nil), .requirement(Self.stale))
        let problem = "rollback of `make` is stale: edited"
        #expect(night.state.lastEnd == .paused(.requirement("phase-2", problem)))
        try night.begin(.answer, requests: [.accept("phase-2", reason: "the edit is ours")])
        try night.begin()
        try night.answer(.requirement("phase-2", after: nil), .requirement(Self.stale))
        #expect(night.effects.contains(.probe("look", attempt: 1)))
    }

    @Test func whatWasAcceptedDoesNotCoverAnotherProblem() throws {
        var night = try Self.atTheGate()
        try night.answer(.requirement("phase-2", after: nil), .requirement(Self.stale))
        try night.begin(.answer, requests: [.accept("phase-2", reason: "the edit is ours")])
        try night.begin()
        let worse = GateFinding(unready: [StepReadiness(step: "make", readiness: .impossible("gone"))])
        try night.answer(.requirement("phase-2", after: nil), .requirement(worse))
        #expect(night.state.lastEnd == .paused(.requirement("phase-2", "rollback of `make` is impossible: gone")))
    }

    @Test func readinessIsProvedAgainAndAgain() throws {
        var night = try Self.atTheGate()
        try night.answer(.requirement("phase-2", after: nil), .requirement(GateFinding()))
        let again = RunEffect.requirement("phase-2", after: night.now + .seconds(300))
        #expect(night.effects.contains(again))
        night.now = night.now + .seconds(301)
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.state.record(of: "next")?.state == .pending)
        try night.answer(again, .requirement(GateFinding()))
        #expect(night.effects.contains(.probe("next", attempt: 1)))
    }

    @Test func whatDriftedIsMarkedUntilItHoldsAgain() throws {
        var night = try Self.atTheGate()
        let drift = GateFinding(drifted: ["make": Problem("edited by hand")])
        try night.answer(.requirement("phase-2", after: nil), .requirement(drift))
        #expect(night.state.record(of: "make")?.word == "drifted")
        #expect(night.state.lastEnd == .paused(.drift("phase-2", "`make` no longer holds: edited by hand")))
        try night.begin()
        try night.answer(.requirement("phase-2", after: nil), .requirement(GateFinding()))
        #expect(night.state.record(of: "make")?.word == "succeeded")
    }
}
