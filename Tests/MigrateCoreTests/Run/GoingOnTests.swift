import MigrateCore
import Testing

@Suite("Going on where others stopped")
struct GoingOnTests {
    @Test func aNoticeInFlightIsInDoubtAlsoWhenARollbackBegins() throws {
        var night = Night([.action("first"), .action("notice", effect: .nonIdempotent, needs: ["first"])])
        try night.begin()
        try night.make("first")
        let notice = night.attempt("notice")
        try night.answer(.prepare(notice), .prepared(.change(.making("notice", effect: .nonIdempotent))))
        try night.dieAndBegin(.rollback(["first"], includeKept: false))
        guard case .inDoubt = night.state.record(of: "notice")?.state else {
            Issue.record("\(night.state.record(of: "notice")?.state as Any)")
            return
        }
    }

    @Test func aNoticeThatWasCutShortIsSeenToItsEndAndNotSentAgain() throws {
        var night = Night([.action("first"), .action("notice", effect: .nonIdempotent, needs: ["first"])])
        try night.begin()
        try night.make("first")
        let notice = night.attempt("notice")
        try night.answer(.prepare(notice), .prepared(.change(.making("notice", effect: .nonIdempotent))))
        try night.answer(.perform(notice), .performed(.applied(receipt: "r")))
        try night.dieAndBegin(.rollback(["first"], includeKept: false))
        #expect(night.state.record(of: "notice")?.state == .canceled)
        try night.undo("first")
        try night.begin()
        try night.finish(Attempt(step: "first", direction: .forward, number: 2), makes: "made first")
        #expect(night.effects == [.settle(Attempt(step: "notice", direction: .forward, number: 2))])
    }

    @Test func whatALaterStepStandsOnIsNotMadeAgain() throws {
        var night = Night([
            .action("undone"), .action("found", needs: ["undone"]), .action("built", needs: ["found"]),
        ])
        try night.begin()
        try night.make("undone")
        try night.answer(.prepare(night.attempt("found")), .prepared(.alreadySatisfied("there", captures: [:])))
        try night.make("built")
        try night.begin(.rollback(["undone"], includeKept: false))
        try night.undo("undone")
        try night.begin()
        #expect(night.state.record(of: "found")?.state == .alreadySatisfied)
    }

    @Test func leavingOutASoakDoesNotLetTheNextWeightOvertakeTheOneBefore() throws {
        var night = Night.shift()
        try night.begin()
        try night.make("shift/convert")
        try night.ask(.skip("shift/soak-w10", reason: "in a hurry"))
        #expect(night.effects == [.prepare(night.attempt("shift/w10"))])
        try night.make("shift/w10")
        #expect(night.effects == [.prepare(night.attempt("shift/w100"))])
    }

    @Test func aStepAloneWaitsForWhatThisVerySessionTriesAgain() throws {
        var night = Night([.action("make"), .probe("look", needs: ["make"]), .probe("last", needs: ["look"])])
        try night.begin()
        try night.make("make")
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        try night.begin(.rollback(["make"], includeKept: false))
        try night.undo("make")
        #expect(throws: RunRefusal.needsUnfinished("last", missing: ["look"])) {
            try night.begin(.forward(from: nil, through: nil, only: "last"))
        }
    }

    @Test func aLoopAloneIsAllItsItemsAndNothingElse() throws {
        var night = Night([
            .probe("first"), .probe("look[a]", needs: ["first"]), .probe("look[b]", needs: ["look[a]"]),
            .probe("looked", needs: ["first"]),
        ])
        #expect(throws: RunRefusal.needsUnfinished("look", missing: ["first"])) {
            try night.begin(.forward(from: nil, through: nil, only: "look"))
        }
        try night.begin(.forward(from: nil, through: nil, only: "first"))
        try night.answer(.probe("first", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        try night.begin(.forward(from: nil, through: nil, only: "look"))
        #expect(night.effects == [.probe("look[a]", attempt: 1)])
        try night.answer(.probe("look[a]", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.effects == [.probe("look[b]", attempt: 1)])
        try night.answer(.probe("look[b]", attempt: 1), .probe(ProbeAnswer(.pass("ok"))))
        #expect(night.state.lastEnd == .goalReached)
        #expect(night.state.record(of: "looked")?.state == .pending)
    }

    @Test func stepByStepBeginsNothingBesideWhatAnEarlierSessionLeft() throws {
        var night = Night([.action("make"), .probe("look")])
        try night.begin(parallel: 1)
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make"))))
        try night.take(.stop)
        let session = Session(
            epoch: 9,
            holder: "h",
            operatorName: "op",
            goal: .forward(from: nil, through: nil, only: nil),
            isStepByStep: true
        )
        try night.take(.begin(session))
        #expect(night.effects == [.reconcile(night.attempt("make"))])
    }

    @Test func nothingIsLeftAsItIsWhileTheRunGoesForward() throws {
        var night = Night([.action("make"), .probe("look", needs: ["make"])])
        try night.begin()
        try night.make("make")
        try night.ask(.keepAsIs("make", reason: "mistaken"))
        #expect(night.state.record(of: "make")?.state == .succeeded)
        #expect(night.lastFacts.contains("requestRefused"))
    }

    @Test func aYesGivenTooLateCountsForNothing() throws {
        var night = Night(
            [.confirm("ask", "cutover")],
            approvals: [ApprovalPolicy(name: "cutover", expires: .seconds(60))]
        )
        try night.begin()
        try night.answer(
            .survey("ask", attempt: 1, given: 0),
            .surveyed(ApprovalSubject(steps: [], digest: "d"))
        )
        night.now = night.now + .seconds(61)
        try night.ask(.approve("cutover", comment: nil, digest: "d", principal: nil), by: "ann")
        #expect(night.state.record(of: "ask")?.approvals == [])
    }

    @Test func whatIsAskedOfADeadSessionIsTakenUpBetweenTheSessions() throws {
        var night = Night([.action("make")])
        try night.begin()
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(.making("make"))))
        try night.take(.sessionLost)
        #expect(night.state.lastEnd == .paused(.leaseLost))
        try night.ask(.retry("make"))
        #expect(night.effects == [])
        try night.begin()
        #expect(night.effects == [.reconcile(night.attempt("make"))])
    }
}
