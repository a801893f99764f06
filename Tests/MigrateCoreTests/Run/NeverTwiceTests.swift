import MigrateCore
import Testing

/// What must never be repeated is not, after a rollback that left it or broke off, unless a person says so.
@Suite("Never twice")
struct NeverTwiceTests {
    private static let second = Attempt(step: "make", direction: .forward, number: 2)

    /// A step that must never be made twice, and that a person left as it is in a rollback.
    private static func leftAsItIs(_ rollback: RollbackPlan = .captured) throws -> Night {
        var step = PlanStep.action("make")
        step.rollback = rollback
        var night = Night([step])
        try night.begin()
        try night.make("make", effect: .nonIdempotent)
        try night.ask(.keepAsIs("make", reason: "somebody uses it"))
        return night
    }

    @Test func whatWasLeftAsItIsIsNotMadeTwiceUnasked() throws {
        var night = try Self.leftAsItIs()
        try night.begin()
        #expect(night.state.lastEnd == .paused(.inDoubt("make")))
        #expect(throws: RunRefusal.inDoubt(["make"])) { try night.begin() }
        try night.ask(.resolve("make", applied: true, reason: "seen"))
        try night.begin()
        #expect(night.effects == [.settle(Self.second)])
    }

    @Test func aRunIsNotOverWhileWhatWasLeftAsItIsMayStand() throws {
        var night = try Self.leftAsItIs()
        try night.begin(.rollback(["make"], includeKept: false))
        #expect(night.state.lastEnd == .rolledBack)
        #expect(!night.state.isOver)
    }

    @Test func whatAPersonSaysIsGoneIsMadeAnew() throws {
        var night = try Self.leftAsItIs()
        try night.begin()
        try night.ask(.resolve("make", applied: false, reason: "deleted by hand"))
        try night.begin()
        #expect(night.effects == [.prepare(Self.second)])
    }

    @Test(arguments: [RollbackPlan.keep, .none(reason: "sent is sent")])
    func whatNoRollbackUndoesIsMadeAnew(_ rollback: RollbackPlan) throws {
        var night = try Self.leftAsItIs(rollback)
        try night.begin()
        #expect(night.effects == [.prepare(Self.second)])
    }

    @Test func aReturnThatMustNeverBeRepeatedIsNotBegunAgainUnasked() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.make("make")
        try night.begin(.rollback(["make"], includeKept: false))
        let back = Attempt(step: "make", direction: .back, number: 1)
        try night.answer(.prepare(back), .returnPrepared(.change(.making("make", effect: .nonIdempotent))))
        try night.answer(.perform(back), .performed(.unclear(Problem("who knows"))))
        #expect(throws: RunRefusal.inDoubt(["make"])) { try night.begin(.rollback(["make"], includeKept: false)) }
        try night.ask(.resolve("make", applied: false, reason: "seen"))
        try night.begin(.rollback(["make"], includeKept: false))
        #expect(night.effects == [.prepare(back)])
    }

    @Test func aShareUponWhichALaterOneStandsIsNotLeftAlone() throws {
        var night = Night.shift()
        try night.begin()
        for step: StepID in ["shift/convert", "shift/w10"] { try night.make(step) }
        try night.soak("shift/soak-w10")
        try night.make("shift/w100")
        try night.ask(.keepAsIs("shift/w10", reason: "seen"))
        #expect(night.state.record(of: "shift/w10")?.state == .succeeded)
        try night.ask(.keepAsIs("shift/w100", reason: "seen"))
        try night.ask(.keepAsIs("shift/w10", reason: "seen"))
        #expect(night.state.record(of: "shift/w10")?.state == .rollbackSkipped(reason: "seen"))
    }

    @Test(arguments: [true, false]) func whatAPersonSaysOfItWaitsForWhatItNeeds(applied: Bool) throws {
        var night = Night([.action("early"), .action("make", effect: .nonIdempotent, needs: ["early"])])
        try night.begin()
        try night.make("early")
        try night.make("make", effect: .nonIdempotent)
        try night.ask(.keepAsIs("make", reason: "somebody uses it"))
        try night.begin(.rollback(["early"], includeKept: false))
        try night.undo("early")
        try night.begin()
        try night.ask(.resolve("make", applied: applied, reason: "seen"))
        try night.begin()
        #expect(night.effects == [.prepare(Attempt(step: "early", direction: .forward, number: 2))])
        try night.make("early")
        #expect(night.effects == [applied ? .settle(Self.second) : .prepare(Self.second)])
    }

    @Test func whatAPersonAgreedToIsAskedAnewForIt() throws {
        var night = Night(
            [.confirm("ask", "go"), .action("make", effect: .nonIdempotent, needs: ["ask"])],
            approvals: [ApprovalPolicy(name: "go")]
        )
        try night.begin()
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(ApprovalSubject(steps: [], digest: "d")))
        try night.ask(.approve("go", comment: nil, digest: "d", principal: nil), by: "ann")
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(ApprovalSubject(steps: [], digest: "d")))
        try night.make("make", effect: .nonIdempotent)
        try night.ask(.keepAsIs("make", reason: "somebody uses it"))
        try night.begin()
        #expect(night.state.record(of: "ask")?.state == .pending)
    }

    @Test func whatWasLeftIsNotUndoneUnaskedEither() throws {
        var night = try Self.leftAsItIs()
        try night.begin()
        #expect(throws: RunRefusal.inDoubt(["make"])) { try night.begin(.rollback(["make"], includeKept: false)) }
    }

    @Test func ofARunThatWasGivenUpItIsToldAllTheSame() throws {
        var night = try Self.leftAsItIs()
        try night.ask(.cancel(reason: "enough"))
        try night.begin(.rollback(["make"], includeKept: false))
        #expect(night.state.stepsLeftInDoubt == ["make"])
        try night.ask(.resolve("make", applied: false, reason: "deleted by hand"))
        #expect(night.state.stepsLeftInDoubt == [] && night.state.isOver)
    }
}
