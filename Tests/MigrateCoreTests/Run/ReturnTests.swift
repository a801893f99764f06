import MigrateCore
import Testing

@Suite("Coming back, and going on after it")
struct ReturnTests {
    private static let home = Attempt(step: "shift/convert", direction: .home, number: 1)

    /// A shift whose 10 % are away and soaked.
    private static func away() throws -> Night {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        return night
    }

    private static func breach(_ night: inout Night) throws {
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(300)), .breached("5xx"))
    }

    @Test func aReturnCutOffByACrashIsFinishedBeforeAnythingGoesForward() throws {
        var night = Night([.action("first"), .action("second", needs: ["first"])])
        try night.begin()
        try night.make("first")
        try night.make("second")
        try night.begin(.rollback(["second", "first"], includeKept: false))
        try night.crashAndBegin()
        let back = Attempt(step: "second", direction: .back, number: 1)
        #expect(night.effects == [.prepare(back)])
        try night.finish(back)
        #expect(night.effects == [.prepare(Attempt(step: "second", direction: .forward, number: 2))])
    }

    @Test func aRollbackLeavesTheTrafficOfOtherPhasesWhereItIs() throws {
        var steps: [PlanStep] = []
        for (shift, phase) in [("one", "phase-1"), ("two", "phase-2")] as [(StepID, PhaseID)] {
            for (name, traffic) in [("convert", .home), ("w100", .away)] as [(String, KindDeclaration.TrafficRole)] {
                var part = PlanStep.action(shift.part(name), needs: name == "w100" ? [shift.part("convert")] : [])
                part.phase = phase
                part.composite = shift
                part.traffic = traffic
                steps.append(part)
            }
        }
        var night = Night(steps)
        try night.begin()
        for step in steps { try night.make(step.id) }
        try night.begin(.rollback(try night.state.rollbackSteps(.phase("phase-2")), includeKept: false))
        #expect(night.effects == [.prepare(Attempt(step: "two/convert", direction: .home, number: 1))])
        try night.finish(Attempt(step: "two/convert", direction: .home, number: 1))
        try night.undo("two/convert")
        #expect(night.state.lastEnd == .rolledBack)
        #expect(night.state.record(of: "one/w100")?.state == .succeeded)
    }

    @Test func aSessionThatCannotGetOnEndsAndTheNextGoesOnFromThere() throws {
        var night = Night([.action("make")])
        try night.begin()
        let attempt = night.attempt("make")
        try night.answer(.prepare(attempt), .prepared(.change(.making("make"))))
        try night.answer(.perform(attempt), .performed(.applied(receipt: "r")))
        try night.answer(.settle(attempt), .settled(.pending("not yet everywhere")))
        #expect(night.state.lastEnd == .paused(.inconclusive("make")))
        try night.begin()
        #expect(night.effects == [.settle(attempt)])
    }

    @Test func aReturnThatCannotGetOnEndsTheSessionAndIsGoneOnWithFirst() throws {
        var night = try Self.away()
        try Self.breach(&night)
        try night.answer(.prepare(Self.home), .returnPrepared(.change(.making("shift/convert"))))
        try night.answer(.perform(Self.home), .performed(.applied(receipt: "r")))
        try night.answer(.settle(Self.home), .settled(.pending("not yet everywhere")))
        #expect(night.state.lastEnd == .paused(.inconclusive("shift/convert")))
        try night.begin()
        #expect(night.effects == [.settle(Self.home)])
    }

    @Test func trafficThatCouldNotComeHomeIsNotCalledBackedOut() throws {
        var night = try Self.away()
        try Self.breach(&night)
        try night.answer(.prepare(Self.home), .returnPrepared(.conflict(expected: "home", found: "edited")))
        #expect(night.state.lastEnd == .paused(.conflict("shift/convert")))
    }

    @Test func aProbeThatCouldNotTellAndBringsTrafficHomeEndsAsBackedOut() throws {
        var look = PlanStep.probe("look", needs: ["shift/w10"])
        look.onFailure = .backOut
        var night = Night(Night.shift(parts: 2).state.plan.steps + [look])
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.inconclusive("no data"))))
        try night.finish(Self.home)
        #expect(night.state.lastEnd == .backedOut("look: no data"))
    }

    @Test func aReturnThatFailedIsFinishedBeforeTrafficMovesAgain() throws {
        var night = try Self.away()
        try Self.breach(&night)
        try night.answer(.prepare(Self.home), .returnPrepared(.change(.making("shift/convert"))))
        try night.answer(.perform(Self.home), .performed(.notApplied(Problem("denied"), isTransient: false)))
        #expect(night.state.lastEnd == .rollbackFailed("shift/convert"))
        #expect(throws: RunRefusal.rollbackUnfinished(["shift/convert"])) { try night.begin() }
        try night.begin(.backOut(reason: "again"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 2))
        try night.begin()
        #expect(night.effects == [.prepare(Attempt(step: "shift/w10", direction: .forward, number: 2))])
    }

    @Test func trafficComesHomeAlsoWhereItsAnchorWasFoundInPlace() throws {
        var night = Night.shift()
        try night.begin()
        try night.answer(
            .prepare(night.attempt("shift/convert")),
            .prepared(.alreadySatisfied("weighted already", captures: [:]))
        )
        var moving = Change.making("shift/w10")
        moving.from = "home"
        let first = night.attempt("shift/w10")
        try night.answer(.prepare(first), .prepared(.change(moving)))
        try night.answer(.perform(first), .performed(.applied(receipt: "r")))
        try night.answer(.settle(first), .settled(.settled(after: "away", captures: [:])))
        try Self.breach(&night)
        #expect(night.effects == [.prepare(Self.home)])
        #expect(night.state.returnTarget(of: Self.home) == "home")
        #expect(night.state.acceptableImages(for: Self.home).contains("away"))
        try night.finish(Self.home)
        #expect(night.state.lastEnd == .backedOut("shift/soak-w10: 5xx"))
    }

    @Test func aCallThatTurnsOutNotToHaveHappenedLeavesNothingToBringHome() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        let first = night.attempt("shift/w10")
        try night.answer(.prepare(first), .prepared(.change(.making("shift/w10"))))
        try night.ask(.backOut())
        try night.answer(.perform(first), .performed(.notApplied(Problem("denied"), isTransient: false)))
        #expect(night.state.lastEnd == .backedOut("asked for by op"))
    }
}
