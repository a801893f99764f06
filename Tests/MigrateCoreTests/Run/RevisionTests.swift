import Testing

@testable import MigrateCore

/// A run goes over to another definition only as long as what was done stays what it was.
@Suite struct RevisionTests {
    private func definition(_ plan: Plan) -> RunDefinition {
        RunDefinition(revision: 0, plan: plan, digest: "other", source: "text")
    }

    private func plan(of night: Night, _ steps: [PlanStep]) -> Plan {
        var plan = night.state.plan
        plan.steps = steps
        return plan
    }

    /// Goes over to `steps`, and sees that replay ends in the same state.
    private func revise(_ night: Night, to steps: [PlanStep]) throws -> RunState {
        var machine = night.machine
        var definition = definition(plan(of: night, steps))
        let entries = try machine.revise(to: &definition, sourceDigest: "s", by: "kim", at: night.now)
        #expect(definition.revision == 2)
        let replayed = RunState.replay(
            RunHeader.began(by: night, revisions: [definition]),
            entries: night.journal + entries
        )
        #expect(RunLines(of: replayed) == RunLines(of: machine.state))
        #expect(replayed.records == machine.state.records && replayed.active == machine.state.active)
        #expect(replayed.plan == definition.plan && replayed.revision == 2)
        return machine.state
    }

    private func refusal(_ night: Night, to steps: [PlanStep]) throws -> [StepDifference] {
        var machine = night.machine
        var definition = definition(plan(of: night, steps))
        do {
            _ = try machine.revise(to: &definition, sourceDigest: "s", by: "kim", at: night.now)
        } catch RunRefusal.executedStepsDiffer(let differences) {
            #expect(machine.state.sequence == night.state.sequence && machine.state.header == night.state.header)
            return differences
        }
        return []
    }

    private func halfDone() throws -> Night {
        var night = Night([.action("a"), .action("b", needs: ["a"]), .probe("c", needs: ["b"])])
        try night.begin()
        try night.make("a")
        try night.answer(.prepare(night.attempt("b")), .prepared(.refused(Problem("no permission"))))
        return night
    }

    @Test func whatHasNotRunMayChange() throws {
        let night = try halfDone()
        let state = try revise(
            night,
            to: [.probe("first"), .action("a"), .action("b", effect: .token, needs: ["a"]), .probe("d", needs: ["b"])]
        )
        #expect(state.plan.steps.map(\.id) == ["first", "a", "b", "d"])
        #expect(state.record(of: "a")?.state == .succeeded && state.record(of: "a")?.owned != nil)
        // Why the count stays: a second try must not carry the token of the first.
        #expect(state.record(of: "b")?.state == .pending && state.record(of: "b")?.attempts[.forward] == 1)
        #expect(state.record(of: "d")?.state == .pending)
    }

    @Test func theRunGoesOnWithWhatIsLeft() throws {
        let night = try halfDone()
        let state = try revise(night, to: [.action("a"), .probe("d", needs: ["a"])])
        var machine = RunMachine(state: state)
        let session = Session(
            epoch: 2,
            holder: "h",
            operatorName: "o",
            goal: .forward(from: nil, through: nil, only: nil)
        )
        _ = try machine.take(.begin(session), at: night.now)
        #expect(machine.effects == [.probe("d", attempt: 1)])
    }

    @Test func aStepThatDidSomethingMustBeTheSame() throws {
        let night = try halfDone()
        let changed = try refusal(night, to: [.action("a", effect: .token), .action("b", needs: ["a"])])
        #expect(changed.map(\.step) == ["a"])
        #expect(changed.first?.members.map(\.name) == ["work.action.effect"])
        let removed = try refusal(night, to: [.action("b")])
        #expect(removed == [StepDifference(step: "a", members: [])])
    }

    @Test func aCallInFlightBindsItsStep() throws {
        var night = Night([.action("a")])
        try night.begin()
        #expect(try refusal(night, to: [.action("a", effect: .token)]) == [])
        try night.answer(.prepare(night.attempt("a")), .prepared(.change(.making("a"))))
        #expect(try refusal(night, to: [.action("a", effect: .token)]).map(\.step) == ["a"])
    }

    @Test func openApprovalsAreDropped() throws {
        let policy = ApprovalPolicy(name: "go", minimum: 2)
        var night = Night([.confirm("ask", "go"), .probe("b", needs: ["ask"])], approvals: [policy])
        try night.begin()
        let survey = try #require(night.effects.first { if case .survey = $0 { true } else { false } })
        try night.answer(survey, .surveyed(ApprovalSubject(steps: [], digest: "d")))
        let act = RunRequest.Act.approve("go", comment: nil, digest: "d", principal: nil)
        try night.take(.request(RunRequest(id: 1, act: act, by: "lee", at: night.now)))
        #expect(night.state.record(of: "ask")?.approvals.count == 1)
        let state = try revise(night, to: [.confirm("ask", "go"), .action("b", needs: ["ask"])])
        #expect(state.record(of: "ask")?.approvals == [])
        #expect(RunMachine(state: state).effects.contains { if case .survey = $0 { true } else { false } })
    }

    @Test func theSameDefinitionIsNoRevision() throws {
        let night = try halfDone()
        var machine = night.machine
        var same = definition(night.state.plan)
        same.digest = night.state.header.digest
        #expect(throws: RunRefusal.nothingToRevise) {
            try machine.revise(to: &same, sourceDigest: "s", by: "kim", at: night.now)
        }
    }

    @Test func aFinishedPhaseWithANewStepIsNotFinished() throws {
        var night = Night([.action("a")])
        try night.begin()
        try night.make("a")
        #expect(night.state.phasesEnded == ["phase-1"])
        let state = try revise(night, to: [.action("a"), .probe("b")])
        #expect(state.phasesEnded == [])
    }
}

extension RunHeader {
    /// Header of the run of `night` as a journal gives it back.
    fileprivate static func began(by night: Night, revisions: [RunDefinition]) -> RunHeader {
        var header = night.state.header
        header.revisions = revisions
        return header
    }
}
