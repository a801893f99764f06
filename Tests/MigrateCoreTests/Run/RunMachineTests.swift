import MigrateCore
import Testing

@Suite("What the machine decides")
struct RunMachineTests {
    @Test func anIntentIsOnRecordBeforeTheCallIsAskedFor() throws {
        var night = Night([.action("make")])
        try night.begin()
        #expect(night.effects == [.prepare(night.attempt("make"))])
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make"))))
        #expect(night.lastFacts.contains("intended"))
        #expect(night.effects == [.perform(night.attempt("make"))])
    }

    @Test func whatTheToolDidNotMakeIsNotOwned() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.answer(
            .prepare(night.attempt("make")),
            .prepared(.alreadySatisfied("there already", captures: [:]))
        )
        #expect(night.state.record(of: "make")?.state == .alreadySatisfied)
        #expect(throws: RunRefusal.nothingToRollBack) { try night.state.rollbackSteps(.all) }
    }

    @Test func itemsWithoutNeedsRunSideBySideUpToTheLimit() throws {
        var night = Night([.probe("a"), .probe("b"), .probe("c")])
        try night.begin(parallel: 2)
        #expect(night.effects == [.probe("a", attempt: 1), .probe("b", attempt: 1)])
        try night.answer(.probe("a", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.effects == [.probe("b", attempt: 1), .probe("c", attempt: 1)])
    }

    @Test(arguments: [
        (Verdict.fail("no"), StepFailure.Kind.failed, "failed_step"),
        (.inconclusive("no data"), .inconclusive, "inconclusive"),
        (.error(Problem("no answer")), .inconclusive, "inconclusive"),
    ])
    func onlyPassPasses(verdict: Verdict, kind: StepFailure.Kind, pause: String) throws {
        var night = Night([.probe("look"), .probe("next", needs: ["look"])])
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(verdict)))
        guard case .failed(let failure) = night.state.record(of: "look")?.state else {
            Issue.record("\(night.state.record(of: "look")?.state as Any)")
            return
        }
        #expect(failure.kind == kind)
        guard case .paused(let reason) = night.state.lastEnd else {
            Issue.record("session goes on")
            return
        }
        #expect(reason.word == pause)
        #expect(night.state.record(of: "next")?.state == .pending)
    }

    @Test(arguments: [
        (EffectClass.readOnly, "perform"), (.token, "perform"), (.convergent, "perform"), (.reconcilable, "reconcile"),
        (.nonIdempotent, "in_doubt"),
    ])
    func aCallOfADeadProcessIsTakenUpByItsClass(effect: EffectClass, next: String) throws {
        var night = Night([.action("make", effect: effect)])
        try night.begin()
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make", effect: effect))))
        try night.crashAndBegin()
        switch next {
        case "perform": #expect(night.effects == [.perform(night.attempt("make"))])
        case "reconcile": #expect(night.effects == [.reconcile(night.attempt("make"))])
        default:
            #expect(night.effects.isEmpty)
            #expect(night.state.lastEnd == .paused(.inDoubt("make")))
            #expect(throws: RunRefusal.inDoubt(["make"])) { try night.begin() }
        }
    }

    @Test func unknownOutcomeIsReconciledNotRepeated() throws {
        var night = Night([.action("make")])
        try night.begin()
        let attempt = night.attempt("make")
        try night.answer(.prepare(attempt), .prepared(.change(.making("make"))))
        try night.answer(.perform(attempt), .performed(.unknown(Problem("no answer"))))
        #expect(night.effects == [.reconcile(attempt)])
        try night.answer(.reconcile(attempt), .reconciled(.applied(receipt: "r")))
        #expect(night.effects == [.settle(attempt)])
    }

    @Test func rollbackUndoesInReverseOrderOfStartAndOnlyWhatIsOwned() throws {
        var night = Night([
            .action("first"), .action("found", needs: ["first"]), .action("second", needs: ["found"]),
        ])
        try night.begin()
        try night.make("first")
        try night.answer(.prepare(night.attempt("found")), .prepared(.alreadySatisfied("there", captures: [:])))
        try night.make("second")
        #expect(night.state.lastEnd == .goalReached)
        #expect(try night.state.rollbackSteps(.all) == ["second", "first"])
        try night.begin(.rollback(["second", "first"], includeKept: false))
        try night.undo("second")
        try night.undo("first")
        #expect(night.state.lastEnd == .rolledBack)
        #expect(night.state.record(of: "found")?.state == .alreadySatisfied)
        #expect(night.state.isOver)
    }

    @Test func aConflictStopsTheRollbackAndTouchesNothing() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.make("make")
        try night.begin(.rollback(["make"], includeKept: false))
        let back = Attempt(step: "make", direction: .back, number: 1)
        try night.answer(.prepare(back), .returnPrepared(.conflict(expected: "made", found: "edited")))
        #expect(night.effects.isEmpty)
        #expect(night.state.lastEnd == .paused(.conflict("make")))
        #expect(night.state.record(of: "make")?.owned != nil)
    }

    @Test func aFailedWatchBringsTrafficHomeBeforeAnythingElse() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        let until = night.now + .seconds(300)
        #expect(night.effects == [.soak("shift/soak-w10", attempt: 1, until: until)])
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: until), .breached("5xx"))
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        #expect(night.effects == [.prepare(home)])
        #expect(night.state.returnTarget(of: home) == "made shift/convert")
        try night.finish(home)
        #expect(night.state.lastEnd == .backedOut("shift/soak-w10: 5xx"))
        #expect(night.state.record(of: "shift/w10")?.state == .rolledBack)
        #expect(night.state.record(of: "shift/convert")?.owned != nil)
        #expect(try night.state.rollbackSteps(.all) == ["shift/convert"])
    }

    @Test func rollbackOfAShiftGoesHomeInOneCallAndThenUndoesTheRest() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.soak("shift/soak-w10")
        try night.make("shift/w100")
        #expect(night.state.lastEnd == .goalReached)
        let steps = try night.state.rollbackSteps(.all)
        try night.begin(.rollback(steps, includeKept: false))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        try night.undo("shift/convert")
        #expect(night.state.lastEnd == .rolledBack)
    }

    @Test func afterABackOutTheShiftStartsAgainAtItsFirstWeight() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.begin(.backOut(reason: "asked"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        try night.begin()
        #expect(night.effects == [.prepare(Attempt(step: "shift/w10", direction: .forward, number: 2))])
        #expect(night.state.record(of: "shift/convert")?.state == .succeeded)
    }

    @Test func aLaterPhaseIsRefusedWithTheNamesOfWhatIsMissing() {
        var night = Night([.probe("early"), .probe("late", phase: "phase-2")])
        #expect(throws: RunRefusal.earlierPhasesUnfinished("phase-2", missing: ["early"])) {
            try night.begin(.forward(from: "phase-2", through: "phase-2", only: nil))
        }
    }

    @Test func aStopAwaitsTheCallInFlightAndStartsNothing() throws {
        var night = Night([.action("make"), .action("next", needs: ["make"])])
        try night.begin()
        let attempt = night.attempt("make")
        try night.answer(.prepare(attempt), .prepared(.change(.making("make"))))
        try night.take(.stop)
        #expect(night.effects == [.perform(attempt)])
        try night.answer(.perform(attempt), .performed(.applied(receipt: .null)))
        #expect(night.state.lastEnd == .stopped)
        try night.begin()
        #expect(night.effects == [.settle(attempt)])
    }

    @Test func aRetryKeepsTheImageBeforeTheFirstTry() throws {
        var night = Night([.action("make", verify: true)])
        try night.begin()
        try night.make("make")
        try night.answer(.verify("make", attempt: 1), .probe(ProbeAnswer(.fail("not yet"))))
        try night.begin()
        let second = Attempt(step: "make", direction: .forward, number: 2)
        var change = Change.making("make")
        change.from = "half made"
        try night.answer(.prepare(second), .prepared(.change(change)))
        #expect(night.state.record(of: "make")?.owned?.before == .null)
    }
}

@Suite("Requests of other processes")
struct RequestTests {
    @Test func aStepThatOwnsAChangeCannotBeSkipped() throws {
        var night = Night([.action("make", verify: true)])
        try night.begin()
        try night.make("make")
        try night.answer(.verify("make", attempt: 1), .probe(ProbeAnswer(.fail("no"))))
        try night.begin(.answer, requests: [.skip("make", reason: "in a hurry")])
        guard case .failed = night.state.record(of: "make")?.state else {
            Issue.record("skipped")
            return
        }
        #expect(night.state.lastEnd == .paused(.failedStep("make")))
    }

    @Test func resolvingADoubtGoesOnFromWhatThePersonSaw() throws {
        var night = Night([.action("make", effect: .nonIdempotent)])
        try night.begin()
        let attempt = night.attempt("make")
        try night.answer(.prepare(attempt), .prepared(.change(.making("make", effect: .nonIdempotent))))
        try night.answer(.perform(attempt), .performed(.unknown(Problem("no answer"))))
        #expect(night.state.lastEnd == .paused(.inDoubt("make")))
        try night.begin(.answer, requests: [.resolve("make", applied: true, reason: "seen in the console")])
        try night.begin()
        #expect(night.effects == [.settle(attempt)])
    }
}
