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

    @Test(arguments: [true, false])
    func whatWasLookedAtBeforeTrafficMovedIsLookedAtAgainBeforeItMovesAgain(lastIsFirst: Bool) throws {
        let looks: [StepID] = ["shift/preflight", "shift/prove-again"]
        var night = Night.proven()
        try night.begin()
        try night.answer(.probe(looks[0], attempt: 1), .probe(ProbeAnswer(.pass("free"))))
        try night.make("shift/convert")
        try night.answer(.probe(looks[1], attempt: 1), .probe(ProbeAnswer(.pass("200"))))
        try night.make("shift/w10")
        try night.answer(.soak("shift/soak-w10", attempt: 1, until: night.now + .seconds(300)), .breached("5xx"))
        try night.finish(Self.home)
        #expect(night.state.lastEnd == .backedOut("shift/soak-w10: 5xx"))
        try night.begin()
        #expect(night.effects == looks.map { .probe($0, attempt: 2) })
        // Whichever passes first: no traffic moves before all have.
        for (count, look) in (lastIsFirst ? looks.reversed() : looks).enumerated() {
            #expect(!night.effects.contains(.prepare(Attempt(step: "shift/w10", direction: .forward, number: 2))))
            try night.answer(.probe(look, attempt: 2), .probe(ProbeAnswer(.pass("again \(count)"))))
        }
        #expect(night.effects == [.prepare(Attempt(step: "shift/w10", direction: .forward, number: 2))])
        #expect(night.state.record(of: "shift/convert")?.attempts[.forward] == 1)
    }

    @Test func aLookThatNoLongerPassesKeepsTrafficAtHome() throws {
        var night = Night.proven()
        try night.begin()
        try night.answer(.probe("shift/preflight", attempt: 1), .probe(ProbeAnswer(.pass("free"))))
        try night.make("shift/convert")
        try night.answer(.probe("shift/prove-again", attempt: 1), .probe(ProbeAnswer(.pass("200"))))
        try night.make("shift/w10")
        try night.begin(.backOut(reason: "r"))
        try night.finish(Self.home)
        try night.begin()
        try night.answer(.probe("shift/prove-again", attempt: 2), .probe(ProbeAnswer(.pass("200"))))
        try night.answer(.probe("shift/preflight", attempt: 2), .probe(ProbeAnswer(.fail("protected"))))
        #expect(night.state.lastEnd == .paused(.failedStep("shift/preflight")))
        #expect(!night.state.isTrafficAway)
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

    /// The anchor was as it is to be before the run, and a person says that the share never moved.
    @Test func aWayHomeThatHasNothingToBeginFromIsOver() throws {
        var night = Night.shift()
        try night.begin()
        let (convert, share) = (night.attempt("shift/convert"), night.attempt("shift/w10"))
        try night.answer(.prepare(convert), .prepared(.alreadySatisfied("there", captures: [:])))
        try night.answer(.prepare(share), .prepared(.change(.making("shift/w10"))))
        try night.answer(.perform(share), .performed(.unknown(Problem("no answer"))))
        try night.ask(.backOut())
        try night.answer(.reconcile(share), .reconciled(.unclear(Problem("neither"), found: "edited")))
        #expect(night.effects == [.prepare(Self.home)])
        try night.take(.sessionLost)
        try night.ask(.resolve("shift/w10", applied: false, reason: "seen"))
        try night.begin()
        #expect(night.state.lastEnd == .backedOut("asked for by op"))
    }

    @Test func whereAPersonLeftTrafficIsNoDoubtWhateverComesOfAReturn() throws {
        var night = try Self.leaving()
        try night.answer(.prepare(Self.home), .returnPrepared(.conflict(expected: "ours", found: "theirs")))
        #expect(night.state.lastEnd == .paused(.conflict("shift/convert")))
        try night.ask(.keepAsIs("shift/w10", reason: "theirs is right"))
        try night.begin(.backOut(reason: "users complain"))
        let second = Attempt(step: "shift/convert", direction: .home, number: 2)
        try night.answer(.prepare(second), .returnPrepared(.conflict(expected: "ours", found: "theirs")))
        #expect(night.state.unsureAnchors == [])
        try night.begin()
    }

    @Test func theAnchorCannotBeLeftAsItIsWhileTrafficComesHomeByIt() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.dieAndBegin(.backOut(reason: "users complain"))
        try night.ask(.keepAsIs("shift/convert", reason: "left"))
        guard case .run(.requestRefused)? = night.journal.last?.event else {
            Issue.record("it was taken: \(night.lastFacts)")
            return
        }
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        #expect(night.state.lastEnd == .backedOut("users complain"))
    }
}

extension Night {
    /// A look, convert, a second look, 10 %, a soak with a watch, each after the one before it.
    fileprivate static func proven() -> Night {
        var convert = PlanStep.action("shift/convert", needs: ["shift/preflight"])
        convert.traffic = .home
        var first = PlanStep.action("shift/w10", needs: ["shift/prove-again"])
        first.traffic = .away
        var soak = PlanStep.soak("shift/soak-w10", "5m", needs: ["shift/w10"])
        soak.watch = [ProbeCall(kind: "watch", parameters: [:])]
        let parts: [PlanStep] = [
            .probe("shift/preflight"), convert, .probe("shift/prove-again", needs: ["shift/convert"]), first, soak,
        ]
        return Night(
            parts.map {
                var part = $0
                part.composite = "shift"
                return part
            }
        )
    }
}
