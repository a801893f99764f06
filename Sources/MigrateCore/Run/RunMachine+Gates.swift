/// What must hold before a step of a phase may start: requirements, change windows, approvals.
extension RunMachine {
    /// How long a proof that everything could be undone counts.
    ///
    /// Source: semantics of the engine, readiness is proved again every few minutes.
    public static let readinessFreshness: Duration = .seconds(300)

    /// Whether people are to be told when something could no longer be undone.
    ///
    /// So while the run goes forward, has something to undo, and no requirement of its phase asks the same.
    public var wantsReadinessTold: Bool {
        guard let session = state.session, case .forward = session.goal, state.backOut == nil else { return false }
        let declared = state.plan.phases.first { $0.id == phaseWithRequirement }
        return declared?.requirement.rollbackReady != true && state.records.contains { $0.owned != nil }
    }

    /// Current phase, when it requires something and lies within the session's goal.
    var phaseWithRequirement: PhaseID? {
        guard let session = state.session, case .forward(_, let through, _) = session.goal,
            let phase = currentPhase, isWithin(phase, through: through),
            let declared = state.plan.phases.first(where: { $0.id == phase }),
            declared.requirement.rollbackReady || declared.requirement.verifiedWithin != nil
        else { return nil }
        return phase
    }

    /// How long a check of the phase's requirement counts.
    func freshness(of phase: PlanPhase) -> Duration {
        let limits = [
            phase.requirement.rollbackReady ? Self.readinessFreshness : nil, phase.requirement.verifiedWithin,
        ]
        return (limits.compactMap(\.self).min() ?? Self.readinessFreshness) / state.scale
    }

    /// Whether steps of `phase` may start as far as its requirement goes.
    enum GateRuling: Equatable {
        case open
        /// A check is under way or due.
        case unknown
        case shut(SessionEnd)
    }

    func gate(of phase: PhaseID, at now: Timestamp) -> GateRuling {
        guard phaseWithRequirement == phase, let declared = state.plan.phases.first(where: { $0.id == phase }) else {
            return .open
        }
        guard let gate = state.gates[phase], now - gate.at <= freshness(of: declared) else { return .unknown }
        guard let problem = gate.problem, !state.isAccepted(problem, of: phase) else { return .open }
        let isDrift = state.records.contains { $0.drift != nil }
        return .shut(.paused(isDrift ? .drift(phase, problem) : .requirement(phase, problem)))
    }

    func checked(_ phase: PhaseID, _ finding: GateFinding) -> [RunEvent] {
        var events: [RunEvent] = []
        for (index, step) in state.plan.steps.enumerated() {
            let known = state.records[index].drift
            let isDone = [.succeeded, .alreadySatisfied].contains(state.records[index].state)
            guard isDone || finding.drifted[step.id] == nil, known != finding.drifted[step.id] else { continue }
            events.append(.step(step.id, finding.drifted[step.id].map { .drifted($0) } ?? .driftCleared))
        }
        return events + [.run(.requirementChecked(phase, problem: finding.problem))]
    }

    /// What the step's change window says to a change that is ready to be made; nil when it may be made.
    func refusal(by ruling: WindowRuling, of index: Int, at now: Timestamp) -> [RunEvent]? {
        let need = state.timeNeeded(from: index)
        if let until = ruling.openUntil, now + need <= until { return nil }
        let id = state.plan.steps[index].id
        let reason =
            ruling.openUntil.map {
                "the window \(ruling.text) closes at \($0.clockText) UTC, and what is left needs \(need.shortText)"
            } ?? "outside the window \(ruling.text)"
        // Why not wait: half-moved traffic must not stay where it is until the next window.
        let isAway = state.places.shift(state.plan.steps[index].composite).map { state.isTrafficAway($0) } ?? false
        if isAway { return failed(id, StepFailure(.timedOut, Problem(reason))) }
        guard let next = ruling.opensNext else { return failed(id, StepFailure(.timedOut, Problem(reason))) }
        return [.step(id, .windowClosed(until: next, reason: reason))]
    }

    /// Events that put an approval aside which no longer says what is about to be done; nil when it does, or when none
    /// covers the step.
    func objection(to change: Change, by attempt: Attempt) -> [RunEvent]? {
        guard attempt.direction == .forward, let index = state.places.steps[attempt.step],
            let confirm = state.approval(covering: index), let subject = state.records[confirm].subject,
            let covered = subject.steps.first(where: { $0.step == attempt.step })
        else { return nil }
        // Why these two: people were told that nothing would be changed here.
        let wasToBeLeft = ["holds", "over"].contains(covered.outlook) && state.records[index].owned == nil
        guard wasToBeLeft || !covered.change.isNull else { return nil }
        var wanted = ApprovalSubject.canonical(change)
        // Why: what a first try has done already is not news.
        if state.records[index].owned != nil, case .object(var members) = wanted {
            members["from"] = covered.change["from"]
            wanted = .object(members)
        }
        guard wanted != covered.change else { return nil }
        let reason = "`\(attempt.step)` would now \(change.summary), which is not what was approved: \(covered.summary)"
        return [
            .step(state.plan.steps[confirm].id, .approvalsDropped(reason: reason)),
            .step(attempt.step, .reset(by: nil)),
        ]
    }

    /// Events that put aside what people agreed to before a return undid it.
    func lapses(after resets: [RunEvent]) -> [RunEvent] {
        var confirms: Set<Int> = []
        for id in resets.compactMap(\.step) {
            guard let index = state.places.steps[id], let confirm = state.approval(covering: index) else { continue }
            switch state.records[index].state {
            case .rolledBack, .canceled, .rollbackSkipped, .kept: confirms.insert(confirm)
            case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
                .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .rollingBack,
                .rollbackFailed:
                break
            }
        }
        return confirms.sorted().map {
            .step(state.plan.steps[$0].id, .approvalsDropped(reason: "what it covered has been undone since"))
        }
    }

    /// Events that put an approval aside that was given too long ago for the step at `index` to start by it.
    func lapse(before index: Int, at now: Timestamp) -> [RunEvent]? {
        guard let confirm = state.approval(covering: index), let given = state.records[confirm].endedAt,
            case .confirm(let name) = state.plan.steps[confirm].work,
            let policy = state.plan.approvals.first(where: { $0.name == name }),
            !(state.places.covered[confirm] ?? []).contains(where: { state.records[$0].owned != nil }),
            now - given > policy.expires
        else { return nil }
        let reason = "given at \(given.clockText) UTC, and good for \(policy.expires.shortText)"
        return [.step(state.plan.steps[confirm].id, .approvalsDropped(reason: reason))]
    }
}

extension RunState {
    /// Steps that the approval of the step `id` covers, in plan order.
    public func coveredSteps(by id: StepID) -> [PlanStep] {
        places.steps[id].flatMap { places.covered[$0] }.map { $0.map { plan.steps[$0] } } ?? []
    }

    /// Place of the approval that covers the step at `index` and has been given; nil when there is none.
    func approval(covering index: Int) -> Int? {
        places.approvals[index].flatMap { records[$0].state == .succeeded ? $0 : nil }
    }

    /// Whether the step at `index` lacks an approval; one that was left out asks nothing of anybody.
    func lacksApproval(_ index: Int) -> Bool {
        places.approvals[index].map { !records.standing(at: $0).isPassed } ?? false
    }

    /// Whether a person lets `phase` go on although `problem`: each line of it is among those that were accepted.
    func isAccepted(_ problem: String, of phase: PhaseID) -> Bool {
        guard let accepted = acceptedProblems[phase] else { return false }
        return GateFinding.lines(of: problem).isSubset(of: GateFinding.lines(of: accepted))
    }

    /// Whether enough people have said yes to the approval step at `index`.
    func isAgreed(_ index: Int) -> Bool {
        guard case .confirm(let name) = plan.steps[index].work,
            let policy = plan.approvals.first(where: { $0.name == name })
        else { return false }
        return records[index].approvals.count >= policy.minimum
    }

    /// Digest of the definition that the run carries out.
    public var definitionDigest: String { header.digest }

    /// Latest time at which a return must begin so that it ends inside the change window that the composite of `step`
    /// was begun in; nil where there is none, or where no traffic is away.
    public func dropDeadTime(of step: PlanStep) -> Timestamp? {
        guard let composite = step.composite, let end = windowEnds[composite],
            let shift = places.shift(composite), isTrafficAway(shift)
        else { return nil }
        return end + (.zero - ChangeWindow.returnAllowance / scale)
    }

    /// Time that the rest of a composite needs from the part at `index` on, a return of its traffic included.
    public func timeNeeded(from index: Int) -> Duration {
        guard let composite = plan.steps[index].composite else { return .zero }
        var need: Duration = .zero
        var movesTraffic = false
        for place in index..<plan.steps.count where plan.steps[place].composite == composite {
            if plan.steps[place].isInShift { movesTraffic = true }
            guard case .soak(let text) = plan.steps[place].work, !records[place].state.isPassed,
                case .success(let length) = soakLength(text, of: place)
            else { continue }
            need += length
        }
        if movesTraffic { need += ChangeWindow.returnAllowance }
        return need / scale
    }
}
