import MigrateCore
import Testing

@Suite("Approvals")
struct ApprovalTests {
    private static let policy = ApprovalPolicy(name: "cutover", minimum: 2, excludesInitiator: true)

    /// An approval, then a change that it covers; up to where people are asked.
    private static func asking(_ policy: ApprovalPolicy = policy) throws -> Night {
        var night = Night([.confirm("ask", "cutover"), .action("make", needs: ["ask"])], approvals: [policy])
        try night.begin()
        try night.answer(.survey("ask", attempt: 1, given: 0), .surveyed(subject(of: .making("make"))))
        return night
    }

    private static func subject(of change: Change, digest: String = "d1") -> ApprovalSubject {
        let covered = ApprovalSubject.Covered(
            step: "make",
            outlook: "change",
            change: ApprovalSubject.canonical(change),
            summary: change.summary
        )
        return ApprovalSubject(steps: [covered], digest: digest)
    }

    private static func yes(_ digest: String? = "d1") -> RunRequest.Act {
        .approve("cutover", comment: nil, digest: digest, principal: nil)
    }

    private static func names(_ night: Night) -> [String] { night.state.record(of: "ask")?.approvals.map(\.by) ?? [] }

    @Test func enoughDifferentPeopleAreNeededAndNotTheInitiator() throws {
        var night = try Self.asking()
        try night.ask(Self.yes(), by: "initiator")
        try night.ask(Self.yes(), by: "ann")
        try night.ask(Self.yes(), by: "ann")
        #expect(Self.names(night) == ["ann"])
        try night.ask(Self.yes(), by: "bob")
        #expect(night.state.record(of: "make")?.state == .pending)
        try night.answer(.survey("ask", attempt: 1, given: 2), .surveyed(Self.subject(of: .making("make"))))
        #expect(night.state.record(of: "ask")?.state == .succeeded)
        #expect(night.effects == [.prepare(night.attempt("make"))])
    }

    @Test func aYesToSomethingElseIsRefused() throws {
        var night = try Self.asking()
        try night.ask(Self.yes("d0"), by: "ann")
        try night.ask(Self.yes(nil), by: "ann")
        #expect(Self.names(night).isEmpty)
        #expect(night.lastFacts.contains("requestRefused"))
    }

    @Test func nobodyIsAskedBeforeItIsKnownWhatTheApprovalCovers() throws {
        var night = Night([.confirm("ask", "cutover"), .action("make", needs: ["ask"])], approvals: [Self.policy])
        try night.begin()
        try night.ask(Self.yes(), by: "ann")
        #expect(Self.names(night).isEmpty)
    }

    @Test func approvalsDoNotOutliveWhatTheyWereGivenTo() throws {
        var night = try Self.asking()
        try night.ask(Self.yes(), by: "ann")
        try night.ask(Self.yes(), by: "bob")
        var other = Change.making("make")
        other.to = "made otherwise"
        let moved = Self.subject(of: other, digest: "d2")
        try night.answer(.survey("ask", attempt: 1, given: 2), .surveyed(moved))
        #expect(Self.names(night).isEmpty)
        #expect(night.state.record(of: "ask")?.subject == moved)
        #expect(night.state.record(of: "make")?.state == .pending)
    }

    @Test func aChangeThatIsNotTheApprovedOneIsNotMade() throws {
        var night = try Self.asking(ApprovalPolicy(name: "cutover"))
        try night.ask(Self.yes(), by: "ann")
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(Self.subject(of: .making("make"))))
        var other = Change.making("make")
        other.from = "somebody else's"
        try night.answer(.prepare(night.attempt("make")), .prepared(.change(other)))
        #expect(night.state.record(of: "make")?.owned == nil)
        #expect(night.effects.contains(.survey("ask", attempt: 2, given: 0)))
        #expect(!night.effects.contains { if case .perform = $0 { true } else { false } })
    }

    @Test func aYesCanBeTakenBackUntilWhatItCoversHasBegun() throws {
        var night = try Self.asking(ApprovalPolicy(name: "cutover", minimum: 2))
        try night.ask(Self.yes(), by: "ann")
        try night.ask(.revoke("cutover"), by: "ann")
        #expect(Self.names(night).isEmpty)
        try night.ask(.revoke("cutover"), by: "bob")
        #expect(night.lastFacts.contains("requestRefused"))
        try night.ask(Self.yes(), by: "ann")
        try night.ask(Self.yes(), by: "bob")
        try night.answer(.survey("ask", attempt: 1, given: 2), .surveyed(Self.subject(of: .making("make"))))
        try night.ask(.revoke("cutover"), by: "bob")
        #expect(night.lastFacts.contains("has begun"))
        #expect(night.state.record(of: "ask")?.state == .succeeded)
    }

    @Test func anApprovalOfYesterdayStartsNothing() throws {
        var night = try Self.asking(ApprovalPolicy(name: "cutover", expires: .seconds(600)))
        try night.ask(Self.yes(), by: "ann")
        try night.ask(.pause)
        try night.begin()
        try night.answer(.survey("ask", attempt: 1, given: 1), .surveyed(Self.subject(of: .making("make"))))
        #expect(night.effects == [.prepare(night.attempt("make"))])
        try night.take(.stop)
        var late = try Self.asking(ApprovalPolicy(name: "cutover", expires: .seconds(600)))
        try late.ask(Self.yes(), by: "ann")
        try late.begin(.forward(from: nil, through: nil, only: "ask"))
        try late.answer(.survey("ask", attempt: 1, given: 1), .surveyed(Self.subject(of: .making("make"))))
        #expect(late.state.lastEnd == .goalReached)
        late.now = late.now + .seconds(601)
        try late.begin()
        #expect(late.effects.contains(.survey("ask", attempt: 2, given: 0)))
        #expect(late.state.record(of: "make")?.state == .pending)
    }

    @Test func aStepThatDoesNotWaitForTheApprovalIsNotCovered() throws {
        var night = Night(
            [.confirm("ask", "cutover"), .action("aside"), .action("make", needs: ["ask"])],
            approvals: [ApprovalPolicy(name: "cutover")]
        )
        try night.begin()
        #expect(night.state.coveredSteps(by: "ask").map(\.id) == ["make"])
        #expect(night.effects.contains(.prepare(night.attempt("aside"))))
    }

    @Test func nobodyInTimePausesAndAsksAgain() throws {
        var night = try Self.asking()
        let until = night.now + Self.policy.expires
        try night.answer(.deadline("ask", attempt: 1, until: until), .timeUp)
        #expect(night.state.lastEnd == .paused(.approval("ask", "nobody approved in time")))
        try night.begin()
        #expect(night.effects.contains(.survey("ask", attempt: 2, given: 0)))
    }
}
