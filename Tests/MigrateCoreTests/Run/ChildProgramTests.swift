import MigrateCore
import Testing

@Suite("Programs that outlive the process that started them")
struct ChildProgramTests {
    private static let program = ChildProgram(
        name: "terraform",
        process: 4242,
        processStart: "17@boot",
        host: "bastion",
        folder: "/state/programs/x",
        startedAt: Timestamp(milliseconds: 1_000),
        deadline: Timestamp(milliseconds: 601_000),
        grace: .seconds(5)
    )

    private static func change(_ effect: EffectClass) -> Change {
        var change = Change.making("make", effect: effect)
        change.startsProgram = true
        return change
    }

    /// A run whose step `make` is about to be made by a program.
    private static func intended(_ effect: EffectClass = .reconcilable) throws -> Night {
        var night = Night([.action("make", effect: effect), .action("next", needs: ["make"])])
        try night.begin()
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(change(effect))))
        return night
    }

    private static func atWork(_ effect: EffectClass = .reconcilable) throws -> Night {
        var night = try intended(effect)
        try night.take(.programStarted(night.attempt("make"), program))
        return night
    }

    @Test func aProgramIsOnRecordAndNamed() throws {
        let night = try Self.atWork()
        #expect(night.state.programs == ["make": Self.program])
        #expect(night.state.record(of: "make")?.note == "`terraform` is at work as process 4242 on bastion")
        #expect(night.effects == [.perform(night.attempt("make"))])
        let replayed = RunState.replay(night.state.header, entries: night.journal)
        #expect(replayed.programs == night.state.programs)
    }

    @Test(arguments: [EffectClass.convergent, .reconcilable, .nonIdempotent])
    func oneThatIsOnRecordIsWaitedForWhateverItsClass(effect: EffectClass) throws {
        var night = try Self.atWork(effect)
        try night.crashAndBegin()
        #expect(night.effects == [.perform(night.attempt("make"))])
        #expect(night.state.programs == ["make": Self.program])
        try night.answer(.perform(night.attempt("make")), .performed(.applied(receipt: "r")))
        #expect(night.effects == [.settle(night.attempt("make"))])
        #expect(night.state.programs.isEmpty)
        #expect(night.state.record(of: "make")?.note == "make make")
    }

    @Test(arguments: [EffectClass.convergent, .reconcilable, .nonIdempotent])
    func withNoneOnRecordNothingBeganAndNothingIsInDoubt(effect: EffectClass) throws {
        var night = try Self.intended(effect)
        try night.crashAndBegin()
        #expect(night.effects == [.prepare(night.attempt("make"))])
        #expect(night.state.record(of: "make")?.owned == nil)
    }

    @Test func oneThatNeverBeganIsPreparedAgain() throws {
        var night = try Self.atWork(.nonIdempotent)
        try night.crashAndBegin()
        try night.answer(.perform(night.attempt("make")), .performed(.notBegun))
        #expect(night.effects == [.prepare(night.attempt("make"))])
    }

    @Test func oneThatIsGoneWithoutAWordIsUnknownByItsClass() throws {
        for (effect, next) in [(EffectClass.reconcilable, "reconcile"), (.nonIdempotent, "in_doubt")] {
            var night = try Self.atWork(effect)
            try night.crashAndBegin()
            try night.answer(.perform(night.attempt("make")), .performed(.unknown(Problem("gone"))))
            if next == "reconcile" {
                #expect(night.effects == [.reconcile(night.attempt("make"))])
            } else {
                #expect(night.state.lastEnd == .paused(.inDoubt("make")))
            }
        }
    }

    @Test func oneThatDidNothingFailsItsStepAndIsNotStartedAgainUnasked() throws {
        var night = try Self.atWork()
        try night.answer(.perform(night.attempt("make")), .performed(.unknown(Problem("exit status 1"))))
        try night.answer(.reconcile(night.attempt("make")), .reconciled(.notApplied))
        #expect(night.state.record(of: "make")?.state.word == "failed")
    }

    @Test func oneThatWasKilledWithItsProcessAndDidNothingIsStartedAgain() throws {
        var night = try Self.atWork()
        try night.crashAndBegin()
        try night.answer(.perform(night.attempt("make")), .performed(.unknown(Problem("gone"))))
        try night.answer(.reconcile(night.attempt("make")), .reconciled(.notApplied))
        #expect(night.effects == [.prepare(night.attempt("make"))])
    }

    @Test func aSecondProgramForOneIntentAndOneThatNobodyAskedForAreNotRecorded() throws {
        var night = try Self.atWork()
        let count = night.journal.count
        var other = Self.program
        other.process = 4243
        try night.take(.programStarted(night.attempt("make"), other))
        try night.take(.programStarted(night.attempt("next"), other))
        #expect(night.journal.count == count)
    }

    @Test func aProgramIsWaitedForBeforeItsStepIsUndone() throws {
        var night = try Self.atWork()
        let attempt = night.attempt("make")
        let back = Attempt(step: "make", direction: .back, number: 1)
        try night.dieAndBegin(.rollback(["make"], includeKept: false))
        #expect(night.effects == [.perform(attempt)])
        try night.answer(.perform(attempt), .performed(.applied(receipt: "r")))
        #expect(night.effects == [.prepare(back)])
        #expect(night.state.record(of: "make")?.owned?.receipt == "r")
    }

    @Test func aProgramThatFailedCleanlyLeavesNothingToUndo() throws {
        var night = try Self.atWork()
        try night.dieAndBegin(.rollback(["make"], includeKept: false))
        let refused = PerformOutcome.notApplied(Problem("exit status 1"), isTransient: false)
        try night.answer(.perform(night.attempt("make")), .performed(refused))
        #expect(night.state.lastEnd == .rolledBack)
    }

    @Test func oneThatIsAtWorkIsNotLeftAsItIs() throws {
        var night = try Self.atWork()
        try night.take(.sessionLost)
        #expect(night.state.mustNotBeLeft("make"))
        try night.ask(.keepAsIs("make", reason: "mistaken"))
        #expect(night.lastFacts.contains("requestRefused"))
        #expect(night.state.programs == ["make": Self.program])
    }
}
