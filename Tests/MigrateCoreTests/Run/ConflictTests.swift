import Testing

@testable import MigrateCore

/// Somebody else changes what a shift is about to change, or has just changed.
@Suite struct ConflictTests {
    /// 10 % of the traffic is away, and its soak is over.
    private static func away() throws -> Night {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.soak("shift/soak-w10")
        return night
    }

    @Test func aPartMustFindWhatTheOneBeforeItLeft() throws {
        var night = Night.shift()
        try night.begin()
        #expect(night.state.imageLeft(before: "shift/convert") == nil)
        try night.make("shift/convert")
        #expect(night.state.imageLeft(before: "shift/w10") == "made shift/convert")
        try night.make("shift/w10")
        #expect(night.state.imageLeft(before: "shift/w100") == "made shift/w10")
        #expect(night.state.imageLeft(before: "shift/soak-w10") == nil)
    }

    @Test func whatIsChangedAheadOfTheShiftIsWhatTheShiftMustFind() throws {
        var lower = PlanStep.action("shift/ttl")
        lower.traffic = .ahead
        lower.composite = "shift"
        var night = Night.shift(after: [lower])
        try night.begin()
        try night.make("shift/ttl")
        #expect(night.state.imageLeft(before: "shift/convert") == "made shift/ttl")
        #expect(!night.state.isTrafficAway)
    }

    @Test func afterTrafficCameHomeThatIsWhatThePartsFind() throws {
        var night = try Self.away()
        try night.begin(.backOut(reason: "r"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        #expect(night.state.imageLeft(before: "shift/w10") == "made shift/convert")
    }

    @Test func whatWasTakenAsFoundIsNobodysEdit() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        // Our own call, taken for lost, came through late.
        try night.answer(
            .prepare(night.attempt("shift/w10")),
            .prepared(.alreadySatisfied("there", captures: [:]))
        )
        #expect(night.state.imageLeft(before: "shift/w100") == nil)
        try night.soak("shift/soak-w10")
        try night.make("shift/w100")
        #expect(night.state.record(of: "shift/w10")?.isTakenAsFound == false)
    }

    @Test func aPersonWhoLeavesAPartAsItIsTakesWhatIsThere() throws {
        var night = try Self.away()
        try night.begin(.backOut(reason: "r"))
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        try night.answer(.prepare(home), .returnPrepared(.conflict(expected: "home", found: "edited")))
        for step in ["shift/convert", "shift/w10"] as [StepID] {
            try night.begin(.answer, requests: [.keepAsIs(step, reason: "theirs is right")])
        }
        #expect(night.state.imageLeft(before: "shift/w10") == nil)
    }

    @Test func oursIsWhatThisRunLeftLast() throws {
        let night = try Self.away()
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        let acceptable = night.state.acceptableImages(for: home)
        #expect(acceptable.first == "made shift/w10")
        #expect(acceptable.contains("made shift/convert"))
    }

    @Test func aConflictOnTheWayHomeSaysHowToGoOnAndTheWayByHand() throws {
        var night = try Self.away()
        try night.begin(.backOut(reason: "r"))
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        let conflict = ReturnPreparation.conflict(expected: "made shift/w10", found: "edited", byHand: "aws home")
        try night.answer(.prepare(home), .returnPrepared(conflict))
        let told = night.journal.map(\.event).contains(
            .change(home, .conflicted(expected: "made shift/w10", found: "edited", byHand: "aws home"))
        )
        #expect(told)
        #expect(
            Conflict(before: nil, ours: "a", theirs: "b", byHand: "aws home").problem(.home).hint
                == "put it back as `ours` says, then `migrate back-out`, or bring it home from `theirs` by hand: aws home"
        )
        // No rollback was cut off, which is no all-clear while traffic is away.
        #expect(throws: RunRefusal.trafficIsAway) { try night.state.rollbackSteps(.unfinished) }
        try night.begin(.backOut(reason: "again"))
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 2))
        #expect(throws: RunRefusal.nothingToRollBack) { try night.state.rollbackSteps(.unfinished) }
    }

    @Test func whatASoakWatchesOverIsWhatThisRunLeftWhileTrafficIsAway() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        #expect(night.state.imageGuarded(during: "shift/soak-w10") == nil)
        try night.make("shift/w10")
        let guarded = try #require(night.state.imageGuarded(during: "shift/soak-w10"))
        #expect(guarded.left == "made shift/w10" && guarded.anchor == "shift/convert")
        #expect(night.state.imageGuarded(during: "shift/w100") == nil)
    }

    @Test func aPartThatHasNotSettledIsLookedForAllTheSame() throws {
        var night = try Self.away()
        let attempt = night.attempt("shift/w100")
        try night.answer(.prepare(attempt), .prepared(.change(.making("shift/w100"))))
        try night.answer(.perform(attempt), .performed(.applied(receipt: "receipt")))
        #expect(night.state.imageLeft(before: "shift/w10") == "made shift/w100")
    }

    @Test func anEditBetweenTwoPartsPausesAndMovesNothing() throws {
        var night = try Self.away()
        let attempt = night.attempt("shift/w100")
        try night.answer(.prepare(attempt), .prepared(.conflict(expected: "made shift/w10", found: "edited")))
        #expect(night.state.lastEnd == .paused(.conflict("shift/w100")))
        #expect(night.state.isTrafficAway)
        guard case .failed(let failure) = night.state.record(of: "shift/w100")?.state else {
            Issue.record("\(night.state.record(of: "shift/w100")?.word ?? "no step")")
            return
        }
        #expect(
            failure.problem.message
                == "changed by somebody else since this run, and not touched. "
                + "ours: made shift/w10. theirs: edited"
        )
        // Once it is put right, the same part goes on.
        try night.begin()
        #expect(night.effects == [.prepare(Attempt(step: "shift/w100", direction: .forward, number: 2))])
    }

    @Test func trafficThatCouldNotComeHomeIsNotSaidToBe() throws {
        var night = try Self.away()
        try night.begin(.backOut(reason: "r"))
        let home = Attempt(step: "shift/convert", direction: .home, number: 1)
        try night.answer(.prepare(home), .returnPrepared(.conflict(expected: "home", found: "edited")))
        #expect(night.journal.map(\.event).contains(.run(.backOutEnded(isHome: false))))
        #expect(night.state.lastEnd == .paused(.conflict("shift/convert")))
    }

    @Test func allThreeVersionsAreShownInWords() {
        func pair(_ old: Int, _ new: Int) -> Value {
            [
                "zone": "Z1",
                "sets": [
                    ["set": "old", "weight": .integer(Int64(old)), "values": ["10.0.0.1"]],
                    ["set": "new", "weight": .integer(Int64(new)), "alias": ["dns_name": "alb."]],
                ],
            ]
        }
        let simple: Value = ["zone": "Z1", "sets": [["ttl": 300, "values": ["10.0.0.1", "10.0.0.2"]]]]
        let conflict = Conflict(before: simple, ours: pair(90, 10), theirs: pair(70, 30))
        #expect(
            conflict.versions.map { "\($0.name) | \($0.words)" } == [
                "before | sets (ttl 300, values 10.0.0.1 10.0.0.2), zone Z1",
                "ours | sets (set old, values 10.0.0.1, weight 90; alias (dns_name alb.), set new, weight 10), zone Z1",
                "theirs | sets (set old, values 10.0.0.1, weight 70; alias (dns_name alb.), set new, weight 30), zone Z1",
            ]
        )
    }

    @Test func anEditBeforeOurChangeHasSettledPausesAndMovesNothing() throws {
        var night = try Self.away()
        let attempt = night.attempt("shift/w100")
        try night.answer(.prepare(attempt), .prepared(.change(.making("shift/w100"))))
        try night.answer(.perform(attempt), .performed(.applied(receipt: "receipt")))
        try night.answer(.settle(attempt), .settled(.conflict(found: "edited")))
        #expect(night.state.lastEnd == .paused(.conflict("shift/w100")))
        // What it did is still on record, so that a return knows of it.
        #expect(night.state.record(of: "shift/w100")?.owned != nil)
    }
}
