import MigrateCore
import Testing

/// A call was in flight when its process died: what the next session makes of it, by what it was asked for.
@Suite("Calls that a dead process left in flight")
struct LostCallTests {
    private static let problem = Problem("no answer")

    /// A run whose steps `early` is made and `late` was being made when the process died.
    private static func cutOff(
        _ effect: EffectClass = .reconcilable,
        rollback: RollbackPlan = .captured
    ) throws -> Night {
        var late = PlanStep.action("late", effect: effect, needs: ["early"])
        late.rollback = rollback
        var night = Night([.action("early"), late])
        try night.begin()
        try night.make("early")
        try night.answer(.prepare(night.attempt("late")), .prepared(.change(.making("late", effect: effect))))
        return night
    }

    @Test func aRefusedRepetitionSaysNothingOfTheFirstCall() throws {
        var night = try Self.cutOff(.convergent)
        try night.crashAndBegin()
        #expect(night.effects == [.perform(night.attempt("late"))])
        let throttled = PerformOutcome.notApplied(Problem("slow down"), isTransient: true)
        try night.answer(.perform(night.attempt("late")), .performed(throttled))
        #expect(night.effects == [.reconcile(night.attempt("late"))])
        #expect(night.state.record(of: "late")?.owned != nil)
    }

    @Test(arguments: [EffectClass.convergent, .token, .reconcilable])
    func itIsFoundOutAndNotRepeatedBeforeAnythingIsUndone(effect: EffectClass) throws {
        var night = try Self.cutOff(effect)
        try night.dieAndBegin(.rollback(["late", "early"], includeKept: false))
        #expect(night.effects == [.reconcile(night.attempt("late"))])
        try night.answer(.reconcile(night.attempt("late")), .reconciled(.applied(receipt: "r")))
        #expect(night.effects == [.prepare(Attempt(step: "late", direction: .back, number: 1))])
    }

    @Test func whatNothingShowsStaysOwnedAndIsUndone() throws {
        var night = try Self.cutOff()
        try night.dieAndBegin(.rollback(["late", "early"], includeKept: false))
        try night.answer(.reconcile(night.attempt("late")), .reconciled(.repeatable))
        #expect(night.effects == [.prepare(Attempt(step: "late", direction: .back, number: 1))])
    }

    @Test func aRefusedTokenWaitsForTheNextSessionWhichIssuesItAgain() throws {
        var night = try Self.cutOff(.token)
        try night.crashAndBegin()
        let throttled = PerformOutcome.notApplied(Problem("slow down"), isTransient: true)
        try night.answer(.perform(night.attempt("late")), .performed(throttled))
        #expect(night.state.lastEnd == .paused(.inconclusive("late")))
        try night.crashAndBegin()
        #expect(night.effects == [.perform(night.attempt("late"))])
    }

    @Test func whatDidNotHappenIsNotUndone() throws {
        var night = try Self.cutOff()
        try night.dieAndBegin(.rollback(["late", "early"], includeKept: false))
        try night.answer(.reconcile(night.attempt("late")), .reconciled(.notApplied))
        #expect(night.state.record(of: "late")?.state == .canceled)
        #expect(night.effects == [.prepare(Attempt(step: "early", direction: .back, number: 1))])
    }

    @Test func whatCannotBeLookedAtDoesNotHoldUpTheReturnOfSomethingElse() throws {
        var night = try Self.cutOff()
        try night.dieAndBegin(.rollback(["early"], includeKept: false))
        try night.answer(.reconcile(night.attempt("late")), .reconciled(.unknown(Self.problem)))
        #expect(night.state.record(of: "late")?.state.word == "in_doubt")
        try night.undo("early")
        #expect(night.state.lastEnd == .rolledBack)
    }

    @Test func aRollbackPausesForWhatItCannotLookAt() throws {
        var night = try Self.cutOff()
        try night.dieAndBegin(.rollback(["late", "early"], includeKept: false))
        try night.answer(.reconcile(night.attempt("late")), .reconciled(.unknown(Self.problem)))
        #expect(night.state.lastEnd == .paused(.inconclusive("late")))
    }

    @Test(arguments: [RollbackPlan.notNeeded, .none(reason: "sent is sent"), .keep])
    func aDoubtAboutWhichNothingIsUndoneStaysAndIsNotInTheWay(rollback: RollbackPlan) throws {
        var night = try Self.cutOff(.nonIdempotent, rollback: rollback)
        try night.dieAndBegin(.rollback(["late", "early"], includeKept: false))
        #expect(night.state.record(of: "late")?.state.word == "in_doubt")
        try night.undo("early")
        #expect(night.state.lastEnd == .rolledBack)
        #expect(throws: RunRefusal.nothingToRollBack) { try night.state.rollbackSteps(.all) }
        #expect(throws: RunRefusal.inDoubt(["late"])) { try night.begin() }
    }

    @Test func aDoubtAboutWhichNothingIsUndoneStillBelongsToTheNewestPhase() throws {
        var late = PlanStep.action("late", effect: .nonIdempotent)
        late.phase = "phase-2"
        late.rollback = .notNeeded
        var night = Night([.action("early"), late])
        try night.begin()
        try night.make("early")
        try night.answer(.prepare(night.attempt("late")), .prepared(.change(.making("late", effect: .nonIdempotent))))
        try night.answer(.perform(night.attempt("late")), .performed(.unknown(Self.problem)))
        #expect(throws: RunRefusal.nothingToRollBack) { try night.state.rollbackSteps(.newestPhase) }
        #expect(try night.state.rollbackSteps(.all) == ["early"])
    }

    @Test func aReturnThatWasBegunIsFinishedEvenForASessionAboutOneStep() throws {
        var night = Night([.action("make"), .action("other")])
        try night.begin()
        try night.make("make")
        try night.make("other")
        try night.dieAndBegin(.rollback(["other"], includeKept: false))
        try night.dieAndBegin(.forward(from: nil, through: nil, only: "make"))
        #expect(night.effects == [.prepare(Attempt(step: "other", direction: .back, number: 1))])
    }
}
