import MigrateCore

/// Walks every state that a small run can get into by any input, and notes which state follows which.
struct Explorer {
    /// One state after another, in words.
    struct Step: Hashable {
        var from: String
        var to: String
    }
    /// Steps' states, one after the other.
    private(set) var steps: Set<Step> = []
    /// The run's own states, one after the other.
    private(set) var runs: Set<Step> = []
    /// States seen.
    private(set) var count = 0
    /// Rules that a state broke, with the state.
    private(set) var broken: Set<String> = []

    /// A state, and how it was first come to.
    private struct Arrival {
        var machine: RunMachine
        var from: Int?
        var input: RunInput?
    }

    private var seen: Set<String> = []
    private var open: [Arrival] = []
    private var epoch = 0
    private let now = Timestamp(milliseconds: 1_000)

    /// Nights with more states than were looked at, by their steps.
    private(set) var cut: [[StepID]] = []

    /// Explores `night` until nothing new comes, or `limit` states are seen.
    mutating func explore(_ night: Night, limit: Int = 20_000) {
        open = [Arrival(machine: night.machine)]
        seen = []
        var next = 0
        while next < open.count, seen.count < limit {
            for input in inputs(open[next].machine) { follow(input, from: next) }
            next += 1
        }
        count += seen.count
        if next < open.count { cut.append(night.state.plan.steps.map(\.id)) }
    }

    private mutating func follow(_ input: RunInput, from place: Int) {
        let machine = open[place].machine
        var next = machine
        guard let entries = try? next.take(input, at: now) else { return }
        var state = machine.state
        broken.formUnion(Self.noticeRulesBroken(by: entries, after: machine, under: input))
        for entry in entries {
            let before = state.records.map(\.word)
            state.apply(entry)
            for (from, to) in zip(before, state.records.map(\.word)) where from != to {
                steps.insert(Step(from: from, to: to))
            }
        }
        // Why not after each event: those of one transaction are seen together or not at all.
        let (from, to) = (Self.status(machine.state), Self.status(state))
        if from != to { runs.insert(Step(from: from, to: to)) }
        let isNew = seen.insert(Self.key(next.state)).inserted
        if isNew { open.append(Arrival(machine: next, from: place, input: input)) }
        for rule in Self.rulesBroken(by: next, replayed: state) where isNew {
            broken.insert("\(rule): \(Self.key(next.state)), by \(way(to: open.count - 1))")
        }
    }

    /// Inputs that lead to the state at `place`, a line each.
    private func way(to place: Int) -> String {
        sequence(first: place) { open[$0].from }.compactMap { open[$0].input.map { "\n  \($0)" } }.reversed().joined()
    }

    private static func status(_ state: RunState) -> String {
        RunSnapshot.status(of: state, isHolderAlive: true).rawValue
    }

    /// What tells two states of a run apart as far as its rules go; how often something was tried does not.
    static func key(_ state: RunState) -> String {
        let records = state.records.map { record in
            "\(record.word) \(stage(record.state)) \(record.owned == nil) \(record.approvals.count) \(record.subject == nil)"
        }
        return "\(records) \(goal(state.session)) \(state.halting == nil) \(state.isCanceled)"
            + " \(state.backOut.map { "\($0.queue) \($0.working?.stage.change == nil)" } ?? "")"
    }

    private static func goal(_ session: Session?) -> String {
        switch session?.goal {
        case nil: ""
        case .forward: "forward"
        case .rollback: "rollback"
        case .backOut: "backOut"
        case .answer: "answer"
        }
    }

    private static func stage(_ state: StepState) -> String {
        switch state {
        case .changing(let attempt, let stage), .rollingBack(let attempt, let stage):
            switch stage {
            case .preparing: "\(attempt.direction) preparing"
            case .performing: "\(attempt.direction) performing"
            case .reconciling: "\(attempt.direction) reconciling"
            case .settling: "\(attempt.direction) settling"
            }
        case .verifying(_, let isOwned): "\(isOwned)"
        case .inDoubt(let attempt, _, _): "\(attempt.direction)"
        case .pending, .deciding, .probing, .soaking, .waitingWindow, .waitingApproval, .waitingPerson, .succeeded,
            .alreadySatisfied, .skipped, .failed, .canceled, .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
            ""
        }
    }

    // MARK: Inputs

    private mutating func inputs(_ machine: RunMachine) -> [RunInput] {
        let state = machine.state
        var inputs: [RunInput] = machine.effects.flatMap { effect in
            answers(effect, state).map { .answered(effect, $0) }
        }
        var acts: [RunRequest.Act] = [.pause, .resume, .backOut(), .cancel(reason: "r")]
        for (step, record) in zip(state.plan.steps, state.records) {
            acts += Self.acts(on: step, in: record.state)
        }
        for phase in state.plan.phases { acts.append(.accept(phase.id, reason: "r")) }
        inputs += acts.map { .request(RunRequest(id: state.lastRequest + 1, act: $0, by: "ann", at: now)) }
        inputs.append(.stop)
        for record in state.notices.pending.prefix(1) {
            inputs.append(.noticeEnded(record.id, .sent, head: "h"))
            inputs.append(.noticeEnded(record.id, .unknown(Problem("u")), head: "h"))
        }
        epoch += 1
        var goals: [RunGoal] = [.forward(from: nil, through: nil, only: nil), .backOut(reason: "r"), .answer]
        for includeKept in [false, true] {
            guard let undo = try? state.rollbackSteps(.all, includeKept: includeKept) else { continue }
            goals.append(.rollback(undo, includeKept: includeKept))
        }
        for step in state.plan.steps.prefix(1) { goals.append(.forward(from: nil, through: nil, only: step.id)) }
        // A session may begin while another one is on record: that process died.
        return inputs + goals.map { .begin(Session(epoch: epoch, holder: "h", operatorName: "op", goal: $0)) }
    }

    /// What a person can say of a step; what is refused changes nothing and is tried by tests of its own.
    private static func acts(on step: PlanStep, in state: StepState) -> [RunRequest.Act] {
        switch state {
        case .pending: [.skip(step.id, reason: "r")]
        case .failed: [.skip(step.id, reason: "r"), .retry(step.id), .keepAsIs(step.id, reason: "r")]
        case .rollbackFailed, .canceled: [.keepAsIs(step.id, reason: "r")]
        case .inDoubt:
            [
                .resolve(step.id, applied: true, reason: "r"), .resolve(step.id, applied: false, reason: "r"),
                .keepAsIs(step.id, reason: "r"),
            ]
        case .waitingPerson: [.done(step.id, comment: nil)]
        case .waitingApproval:
            [.approve("go", comment: nil, digest: "d", principal: nil), .reject("go", comment: nil), .revoke("go")]
        case .succeeded: step.work == .confirm(approval: "go") ? [.revoke("go")] : []
        case .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .alreadySatisfied, .skipped,
            .rollingBack, .rolledBack, .rollbackSkipped, .kept:
            []
        }
    }

    private func answers(_ effect: RunEffect, _ state: RunState) -> [EffectAnswer] {
        let verdicts: [Verdict] = [.pass("p"), .fail("f"), .error(Problem("e")), .inconclusive("i")]
        switch effect {
        case .condition: return verdicts.map { .condition($0) }
        case .probe, .verify: return verdicts.map { .probe(ProbeAnswer($0)) }
        case .soak: return [.soaked, .breached("b")]
        case .watch: return [.breached("b")]
        case .deadline, .phaseDeadline: return [.timeUp]
        case .survey:
            return [
                .surveyed(ApprovalSubject(steps: [], digest: "d")), .surveyed(ApprovalSubject(steps: [], digest: "e")),
            ]
        case .requirement:
            return [GateFinding(), GateFinding(drifted: [state.plan.steps[0].id: Problem("d")])].map {
                .requirement($0)
            }
        case .prepare(let attempt): return preparations(attempt, state)
        case .perform:
            return [
                .performed(.applied(receipt: "r")), .performed(.notApplied(Problem("n"), isTransient: true)),
                .performed(.notApplied(Problem("n"), isTransient: false)), .performed(.unknown(Problem("u"))),
            ]
        case .reconcile:
            return [
                .reconciled(.applied(receipt: "r")), .reconciled(.notApplied), .reconciled(.unknown(Problem("u"))),
                .reconciled(.unclear(Problem("u"), found: "x")),
            ]
        case .settle:
            return [
                .settled(.settled(after: "a", captures: [:])), .settled(.pending("p")), .settled(.failed(Problem("f"))),
                .settled(.unknown(Problem("u"))), .settled(.conflict(found: "x")),
            ]
        }
    }

    private func preparations(_ attempt: Attempt, _ state: RunState) -> [EffectAnswer] {
        let change = Change.making(attempt.step, effect: effect(of: attempt.step, in: state))
        guard attempt.direction == .forward else {
            return [
                .returnPrepared(.alreadyThere("s")), .returnPrepared(.change(change)),
                .returnPrepared(.conflict(expected: "a", found: "b")), .returnPrepared(.unknown(Problem("u"))),
            ]
        }
        var answers: [EffectAnswer] = [
            .prepared(.alreadySatisfied("s", captures: [:])), .prepared(.change(change)),
            .prepared(.refused(Problem("r"))), .prepared(.unknown(Problem("u"))),
            .prepared(.conflict(expected: "a", found: "b")),
        ]
        if state.step(attempt.step)?.window != nil {
            let shut = WindowRuling(openUntil: nil, opensNext: now + .seconds(60), text: "w")
            answers.append(.prepared(.change(change), window: shut))
        }
        return answers
    }

    private func effect(of id: StepID, in state: RunState) -> EffectClass {
        if case .action(let call) = state.step(id)?.work { call.effect } else { .reconcilable }
    }
}
