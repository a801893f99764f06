import MigrateCore
import Testing

/// Which moments of a run people are told of, and how often.
@Suite("Notices")
struct NoticeTests {
    /// Moments told so far, each as `kind`, and what it is about.
    private func told(_ night: Night) -> [String] {
        night.state.notices.records.map { record in
            let moment = record.id.moment
            let about = [moment.phase?.rawValue, moment.step?.rawValue, moment.reason].compactMap(\.self)
            return ([moment.kind.rawValue] + about).joined(separator: " ")
        }
    }

    private func failed(_ night: inout Night) throws {
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("5xx"))))
    }

    @Test func theEndOfAPhaseAndOfTheRunAreTold() throws {
        var night = Night([.probe("look"), .probe("more", needs: ["look"], phase: "phase-2")], notices: .all)
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        #expect(told(night) == ["phase_done phase-1"])
        try night.answer(.probe("more", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        #expect(told(night) == ["phase_done phase-1", "phase_done phase-2", "done"])
    }

    @Test func aFailedStepIsToldOnceThoughTheSessionEndsForIt() throws {
        var night = Night([.probe("look")], notices: .all)
        try failed(&night)
        #expect(night.state.session == nil)
        #expect(told(night) == ["paused phase-1 look failed_step"])
        #expect(night.state.notices.records[0].text.contains("step `look` failed: 5xx"))
    }

    @Test func aPauseThatOutlivesACallInFlightIsToldOnce() throws {
        var night = Night([.action("make"), .probe("look")], notices: .all)
        try night.begin()
        let attempt = night.attempt("make")
        try night.answer(.prepare(attempt), .prepared(.change(.making("make"))))
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.fail("5xx"))))
        #expect(night.state.session != nil)
        try night.answer(.perform(attempt), .performed(.applied(receipt: "r")))
        try night.answer(.settle(attempt), .settled(.settled(after: "made make", captures: [:])))
        #expect(night.state.session == nil)
        #expect(told(night) == ["paused phase-1 look failed_step"])
    }

    @Test func failingAgainIsAnotherMoment() throws {
        var night = Night([.probe("look")], notices: .all)
        try failed(&night)
        try night.begin()
        try night.answer(.probe("look", attempt: 2), .probe(ProbeAnswer(.fail("5xx"))))
        #expect(told(night) == Array(repeating: "paused phase-1 look failed_step", count: 2))
    }

    @Test func aSessionThatChangesNothingHasNothingToTell() throws {
        var night = Night([.probe("look")], notices: .all)
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        let before = told(night)
        try night.begin()
        #expect(night.state.lastEnd == .goalReached)
        #expect(told(night) == before)
    }

    @Test func peopleAreToldOncePerAskingAlsoAcrossACrash() throws {
        var night = Night([.confirm("ask", "go")], approvals: [ApprovalPolicy(name: "go")], notices: .all)
        try night.begin()
        #expect(told(night) == ["waiting phase-1 ask"])
        try night.crashAndBegin()
        #expect(told(night) == ["waiting phase-1 ask"])
        try night.answer(.deadline("ask", attempt: 1, until: night.now + .seconds(3600)), .timeUp)
        try night.begin()
        #expect(told(night) == ["waiting phase-1 ask", "paused phase-1 ask approval", "waiting phase-1 ask"])
    }

    @Test func trafficThatIsHomeAndStepsThatAreUndoneAreTold() throws {
        var night = Night.shift(parts: 3, notices: .all)
        try night.begin()
        try night.make("shift/convert")
        try night.make("shift/w10")
        try night.ask(.backOut())
        try night.finish(Attempt(step: "shift/convert", direction: .home, number: 1))
        #expect(told(night) == ["backed_out"])
        try night.begin(.rollback(["shift/convert"], includeKept: false))
        try night.undo("shift/convert")
        #expect(told(night) == ["backed_out", "rolled_back"])
    }

    @Test func pausingAgainWhereNothingChangedIsNotToldAgain() throws {
        var night = Night([.confirm("ask", "go")], approvals: [ApprovalPolicy(name: "go")], notices: .all)
        try night.begin()
        try night.ask(.pause)
        try night.begin()
        try night.ask(.pause)
        #expect(told(night) == ["waiting phase-1 ask", "paused operator"])
    }

    @Test func whoGoesStepByStepIsNotToldOfEachStep() throws {
        var night = Night([.probe("look"), .probe("more", needs: ["look"])], notices: .all)
        try night.begin(isStepByStep: true)
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        #expect(night.state.lastEnd == .paused(.byOperator("op")))
        #expect(told(night) == [])
    }

    @Test func aNoticeHearsOfItsOwnMomentsOnly() throws {
        let call = ActionCall(kind: "tell", parameters: [:], effect: .nonIdempotent)
        let notices = [PlanNotice(id: "pager", moments: [.paused], call: call), PlanNotice(id: "team", call: call)]
        var night = Night([.probe("look")], notices: notices)
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        #expect(Set(night.state.notices.records.map(\.id.notice)) == ["team"])
    }

    @Test func anIntentStandsBehindWhatBroughtItAboutInTheSameCommit() throws {
        var night = Night([.probe("look")], notices: .all)
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        let kinds = night.journal.map(\.event.kind).suffix(5)
        #expect(
            kinds == [
                "step.succeeded", "run.phaseEnded", "run.noticeIntended", "run.sessionEnded", "run.noticeIntended",
            ]
        )
    }

    @Test func whatADeadProcessWasTellingIsUnknownAndNeverSentAgain() throws {
        var night = Night([.confirm("ask", "go")], approvals: [ApprovalPolicy(name: "go")], notices: .all)
        try night.begin()
        let id = try #require(night.state.notices.pending.first?.id)
        try night.crashAndBegin()
        #expect(night.state.notices.pending.isEmpty)
        guard case .unknown? = night.state.notices[id]?.fate else {
            Issue.record("the fate of what was on its way is \(String(describing: night.state.notices[id]?.fate))")
            return
        }
        let count = night.journal.count
        try night.take(.noticeEnded(id, .sent, head: "h"))
        #expect(night.journal.count == count, "an end that comes late changes nothing")
    }

    @Test func eachNoticeHasATokenOfItsOwn() throws {
        var night = Night([.probe("look"), .probe("more", needs: ["look"], phase: "phase-2")], notices: .all)
        try night.begin()
        try night.answer(.probe("look", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        try night.answer(.probe("more", attempt: 1), .probe(ProbeAnswer(.pass("p"))))
        let tokens = night.state.notices.records.map { night.state.scope(of: $0, head: "h").token }
        #expect(Set(tokens).count == tokens.count)
        let facts = night.state.scope(of: night.state.notices.records[0], head: "h").facts["notice"]?.object
        #expect(Set((facts ?? [:]).keys) == Set(PlanNotice.members.keys))
    }

    @Test func aPlanWithoutNoticesIsWrittenAsBefore() throws {
        let plan = Night([.probe("look")]).state.plan
        #expect(try !ValueEncoder.encode(plan).text.contains("notices"))
        var telling = plan
        telling.notices = .all
        let bytes = try ValueEncoder.bytes(of: telling)
        let read = try bytes.withUnsafeBufferPointer { try ValueDecoder.decode(Plan.self, parsing: $0) }
        #expect(read == telling)
    }
}
