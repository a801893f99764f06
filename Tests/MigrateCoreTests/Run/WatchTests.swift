import MigrateCore
import Testing

@Suite("Watches outside a soak")
struct WatchTests {
    private static let watch = RunEffect.watch("shift/convert", attempt: 1)

    /// A shift to 10 % with watches on all that moves traffic, then steps that follow it.
    private static func away(
        then later: [PlanStep],
        reaction: FailureReaction = .backOut,
        approvals: [ApprovalPolicy] = []
    ) throws -> Night {
        var convert = PlanStep.action("shift/convert")
        convert.traffic = .home
        var move = PlanStep.action("shift/w10", needs: ["shift/convert"])
        move.traffic = .away
        let parts = [convert, move].map { step in
            var part = step
            part.composite = "shift"
            part.onFailure = reaction
            part.watch = [ProbeCall(kind: "watch", parameters: [:])]
            return part
        }
        var night = Night(parts + later, approvals: approvals)
        try night.begin()
        try night.make("shift/convert")
        #expect(!night.effects.contains(Self.watch))
        try night.make("shift/w10")
        return night
    }

    private static func confirm() -> PlanStep {
        var step = PlanStep.confirm("ask", "go")
        step.needs = ["shift/w10"]
        return step
    }

    @Test func aThresholdBreachedWhileWaitingAtAGateBringsTrafficHome() throws {
        var night = try Self.away(then: [Self.confirm()], approvals: [ApprovalPolicy(name: "go")])
        #expect(night.effects.contains(Self.watch))
        try night.answer(Self.watch, .breached("5xx"))
        #expect(night.effects == [.prepare(Attempt(step: "shift/convert", direction: .home, number: 1))])
        #expect(night.state.record(of: "ask")?.state == .canceled)
    }

    @Test func aPausedRunGoesOnWatchingTrafficThatIsAway() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])])
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        #expect(night.state.lastEnd == nil)
        #expect(night.effects == [Self.watch])
        try night.answer(Self.watch, .breached("5xx"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        #expect(night.state.lastEnd == .backedOut("5xx"))
    }

    @Test func betweenTwoStepsOfAStepByStepRunTrafficThatIsAwayIsWatched() throws {
        let pass = EffectAnswer.probe(ProbeAnswer(.pass("ok")))
        let steps: [PlanStep] = [
            .probe("first", needs: ["shift/w10"]), .probe("second", needs: ["first"]),
            .probe("third", needs: ["second"]),
        ]
        var night = try Self.away(then: steps)
        try night.dieAndBegin(.forward(from: nil, through: nil, only: nil), isStepByStep: true)
        try night.answer(.probe("first", attempt: 1), pass)
        try night.answer(.probe("second", attempt: 1), pass)
        #expect(night.effects == [Self.watch])
        #expect(night.state.lastEnd == nil)
        try night.ask(.resume)
        try night.answer(.probe("third", attempt: 1), pass)
        #expect(night.state.lastEnd == .goalReached)
    }

    @Test func aSoakThatBeginsAnewIsDividedByTheScaleOfItsOwnSession() throws {
        var night = Night.shift()
        try night.begin(timeScale: 60)
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.take(.stop)
        #expect(night.state.lastEnd == .stopped)
        night.now = Timestamp(milliseconds: 9_000)
        try night.begin(timeScale: 30)
        guard case .soaking(_, let until)? = night.state.record(of: "shift/soak-w10")?.state else {
            Issue.record("it does not soak")
            return
        }
        #expect(until == night.now + .seconds(10))
    }

    @Test func aHaltIsHeldOpenForTrafficThatIsAwayAloneAndNotOnceAPersonStopsIt() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])])
        #expect(!night.state.isHeldOpen && !night.state.isMidShift)
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        #expect(night.state.isHeldOpen)
        try night.take(.stop)
        #expect(!night.state.isHeldOpen)
    }

    @Test func aShiftThatIsLeftInTheMiddleIsSaidToBe() throws {
        var night = Night.shift()
        try night.begin()
        #expect(!night.state.isMidShift)
        try night.make("shift/convert")
        try night.make("shift/w10")
        #expect(night.state.isMidShift)
    }

    @Test func resumingAPausedRunTriesAgain() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])])
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        try night.ask(.resume)
        #expect(night.effects.contains(.probe("look", attempt: 2)))
    }

    @Test func retryOfWhatHaltedTheRunGoesOnAtOnce() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])])
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        try night.ask(.retry("look"))
        #expect(night.effects.contains(.probe("look", attempt: 2)))
    }

    @Test func askingToStopLetsGoOfAPausedRunAndKeepsItsReason() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])])
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        try night.take(.stop)
        #expect(night.state.lastEnd == .paused(.failedStep("look")))
    }

    @Test func pastThePointOfNoReturnAFailedWatchPausesAndNothingReturnsByItself() throws {
        var delete = PlanStep.action("delete", needs: ["shift/w10"])
        delete.isPointOfNoReturn = true
        var night = try Self.away(then: [delete, .probe("look", needs: ["delete"])])
        try night.make("delete")
        try night.answer(Self.watch, .breached("5xx"))
        #expect(night.state.backOut == nil)
        // The probe in hand is over first: it changes nothing.
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.state.lastEnd == .paused(.watch("shift/convert", "5xx")))
        #expect(night.state.record(of: "shift/w10")?.owned != nil)
    }

    @Test func aReactionOfPausePauses() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])], reaction: .pause)
        try night.answer(Self.watch, .breached("5xx"))
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.state.lastEnd == .paused(.watch("shift/convert", "5xx")))
        #expect(night.state.backOut == nil)
    }

    @Test func aFailedWatchEndsAHeldPauseWhereNothingReturnsByItself() throws {
        var night = try Self.away(then: [.probe("look", needs: ["shift/w10"])], reaction: .pause)
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        #expect(night.effects == [Self.watch])
        try night.answer(Self.watch, .breached("5xx"))
        #expect(night.effects.isEmpty)
        #expect(night.state.lastEnd == .paused(.watch("shift/convert", "5xx")))
    }

    @Test func aStepThatWaitsForAPersonIsWatched() throws {
        var manual = PlanStep(
            id: "hand",
            phase: "phase-1",
            title: LocalizedText("hand"),
            work: .manual(text: LocalizedText("turn the key"))
        )
        manual.watch = [ProbeCall(kind: "watch", parameters: [:])]
        var night = Night([manual])
        try night.begin()
        #expect(night.effects == [.watch("hand", attempt: 1)])
        try night.answer(.watch("hand", attempt: 1), .breached("smoke"))
        #expect(night.state.lastEnd == .paused(.failedStep("hand")))
    }
}

@Suite("Giving up, and limits of phases")
struct PhaseLimitTests {
    @Test func aCanceledRunGoesNoFurtherButCanBeUndone() throws {
        var night = Night([.action("make"), .action("next", needs: ["make"])])
        try night.begin()
        try night.make("make")
        try night.ask(.cancel(reason: "not tonight"))
        // The look before the next change is dropped; nothing was decided yet.
        #expect(night.state.lastEnd == .paused(.byOperator("op")))
        #expect(throws: RunRefusal.canceled) { try night.begin() }
        try night.begin(.rollback(try night.state.rollbackSteps(.all), includeKept: false))
        try night.undo("make")
        #expect(night.state.lastEnd == .rolledBack)
        #expect(RunSnapshot(state: night.state, holder: nil, isHolderAlive: false).status == .rolledBack)
    }

    @Test func aPhaseThatTakesTooLongPausesTheRun() throws {
        let phase = PlanPhase(id: "phase-1", title: LocalizedText("one"), timeout: .seconds(3600))
        var night = Night([.probe("look"), .probe("next", needs: ["look"])], phases: [phase])
        try night.begin()
        let limit = RunEffect.phaseDeadline("phase-1", until: night.now + .seconds(3600))
        #expect(night.effects.contains(limit))
        try night.answer(limit, .timeUp)
        #expect(night.state.lastEnd == .paused(.phaseTimedOut("phase-1")))
        night.now = night.now + .seconds(7200)
        try night.begin()
        #expect(night.effects.contains(.phaseDeadline("phase-1", until: night.now + .seconds(3600))))
    }
}
