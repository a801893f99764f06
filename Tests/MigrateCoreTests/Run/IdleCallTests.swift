import MigrateCore
import Testing

/// A call came to nothing: throttled, or lost on the way and looked for.
@Suite("Calls that did nothing")
struct IdleCallTests {
    private static let throttled = PerformOutcome.notApplied(Problem("rate exceeded"), isTransient: true)

    /// A night about one step, and how often its change was made before the step failed.
    private static func callsUntilFailure(_ retry: RetryPolicy, _ outcome: PerformOutcome) throws -> Int {
        var step = PlanStep.action("late")
        step.retry = retry
        var night = Night([step])
        try night.begin()
        var calls = 0
        while night.state.lastEnd == nil {
            try #require(calls < 50)
            calls += 1
            try night.answer(.prepare(night.attempt("late")), .prepared(.change(.making("late"))))
            try night.answer(.perform(night.attempt("late")), .performed(outcome))
            guard case .reconcile = night.effects.first else { continue }
            try night.answer(.reconcile(night.attempt("late")), .reconciled(.notApplied))
        }
        #expect(night.state.lastEnd == .paused(.failedStep("late")))
        return calls
    }

    private static func policy(attempts: Int = 1, patience: Duration? = nil) -> RetryPolicy {
        RetryPolicy(attempts: attempts, patience: patience, interval: .seconds(5), ceiling: .seconds(30))
    }

    @Test(arguments: [throttled, .unknown(Problem("no answer"))])
    func aStepThatMayFailOnceIsMadeThreeTimes(outcome: PerformOutcome) throws {
        #expect(try Self.callsUntilFailure(.once, outcome) == 3)
    }

    @Test(arguments: [throttled, .unknown(Problem("no answer"))])
    func oftenerWhereItsStepSaysSo(outcome: PerformOutcome) throws {
        #expect(try Self.callsUntilFailure(Self.policy(attempts: 7), outcome) == 7)
    }

    @Test func asLongAsItsStepSays() throws {
        // 5, 10, 20, 30 s between five calls are 65 s; another 30 s would be too many.
        #expect(try Self.callsUntilFailure(Self.policy(patience: .seconds(90)), Self.throttled) == 5)
    }

    @Test func whatWasRefusedForGoodIsNotMadeAgain() throws {
        let denied = PerformOutcome.notApplied(Problem("access denied"), isTransient: false)
        #expect(try Self.callsUntilFailure(Self.policy(attempts: 7), denied) == 1)
    }

    @Test func aReturnIsAskedForAgainToo() throws {
        let back = Attempt(step: "made", direction: .back, number: 1)
        var night = Night([.action("made")])
        try night.begin()
        try night.make("made")
        try night.begin(.rollback(["made"], includeKept: false))
        for _ in 1...3 {
            #expect(night.effects == [.prepare(back)])
            try night.answer(.prepare(back), .returnPrepared(.change(.making("made"))))
            try night.answer(.perform(back), .performed(Self.throttled))
        }
        #expect(night.state.lastEnd == .rollbackFailed("made"))
    }
}
