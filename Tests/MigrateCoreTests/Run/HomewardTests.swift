import MigrateCore
import Testing

@Suite("Bringing traffic home")
struct HomewardTests {
    private static let home = Attempt(step: "shift/convert", direction: .home, number: 1)

    /// A shift at 10 % beside steps that have nothing to do with it; the watch has just failed.
    private static func leaving(beside others: [PlanStep] = []) throws -> Night {
        var night = Night.shift(beside: others)
        try night.begin()
        for step in others { try night.answer(.prepare(night.attempt(step.id)), .prepared(.change(.making(step.id)))) }
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(300)), .breached("5xx"))
        return night
    }

    @Test func oneReadThatFailsDoesNotLeaveTrafficAway() throws {
        var night = try Self.leaving()
        try night.answer(.prepare(Self.home), .returnPrepared(.unknown(Problem("timed out"))))
        #expect(night.effects == [.prepare(Self.home)])
        try night.answer(.prepare(Self.home), .returnPrepared(.change(.making("shift/convert"))))
        try night.answer(.perform(Self.home), .performed(.notApplied(Problem("throttled"), isTransient: true)))
        #expect(night.effects == [.prepare(Self.home)])
        try night.finish(Self.home)
        #expect(night.state.lastEnd == .backedOut("shift/soak-w10: 5xx"))
    }

    @Test func aPersonWhoStopsIsHeard() throws {
        var night = try Self.leaving()
        try night.take(.stop)
        try night.answer(.prepare(Self.home), .returnPrepared(.unknown(Problem("timed out"))))
        #expect(night.state.lastEnd == .rollbackFailed("shift/convert"))
        #expect(night.state.isTrafficAway)
    }

    @Test func trafficDoesNotWaitForAProgramThatHasNothingToDoWithIt() throws {
        var night = try Self.leaving(beside: [.action("terraform")])
        #expect(night.effects.contains(.perform(night.attempt("terraform"))))
        #expect(night.effects.contains(.prepare(Self.home)))
        try night.finish(Self.home)
        #expect(night.state.lastEnd == nil)
        try night.answer(.perform(night.attempt("terraform")), .performed(.applied(receipt: .null)))
        #expect(night.state.lastEnd == .backedOut("shift/soak-w10: 5xx"))
    }

    @Test func undoingWhatTrafficWasLedToBringsItHomeFirst() throws {
        var night = Night.shift(after: [.action("services")])
        try night.begin()
        try night.make("services")
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.begin(.rollback(["services"], includeKept: false))
        #expect(night.effects == [.prepare(Self.home)])
        try night.finish(Self.home)
        try night.undo("services")
        #expect(night.state.lastEnd == .rolledBack)
    }
}
