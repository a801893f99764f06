/// How the events of a step move it.
extension RunState {
    mutating func set(_ state: StepState, at index: Int, on time: Timestamp) {
        records[index].state = state
        if state.isActive {
            active.insert(index)
        } else {
            active.remove(index)
            if state != .pending { records[index].endedAt = time }
        }
    }

    mutating func apply(_ fact: StepFact, to index: Int, at time: Timestamp) {
        let attempt = forwardAttempts(index)
        switch fact {
        case .started(let attempt): start(index, attempt: attempt, at: time)
        case .conditionHeld: begin(index, attempt: attempt, at: time)
        case .windowClosed(let until, let reason):
            rest(.waitingWindow(attempt: attempt, until: until), note: reason, at: index, on: time)
        case .windowOpened(let until):
            if let until, let composite = plan.steps[index].composite { windowEnds[composite] = until }
            // Why from the start: an opening hours later must find requirement and approval asked anew.
            if case .waitingWindow = records[index].state { reopen(index, at: time) }
        case .skipped(let reason, _): rest(.skipped(reason: reason), note: reason, at: index, on: time)
        case .probed(let summary, let captures):
            passProbe(index, summary: summary, captures: captures, at: time)
        case .foundSatisfied(let summary, let captures):
            findSatisfied(index, summary: summary, captures: captures, at: time)
        case .soakStarted(let until): set(.soaking(attempt: attempt, until: until), at: index, on: time)
        case .approvalAsked, .surveyed, .approvalGiven, .approvalRevoked, .approvalsDropped:
            applyApproval(fact, to: index, at: time)
        case .personAsked: set(.waitingPerson(attempt: attempt), at: index, on: time)
        case .succeeded: succeed(index, at: time)
        case .failed(let failure):
            rest(.failed(failure), note: failure.problem.message, at: index, on: time)
            halt(.paused(pause(for: failure, of: plan.steps[index])))
        case .stalled(let problem):
            records[index].note = problem.message
            stalled.insert(index)
            let reason = SessionEnd.paused(.inconclusive(plan.steps[index].id))
            if let working = backOut?.working, isStalled(working) { overrule(with: reason) } else { halt(reason) }
        case .reset: reopen(index, at: time)
        case .canceled: set(.canceled, at: index, on: time)
        case .rollbackSkipped(let reason, _):
            unsureTraffic.remove(index)
            records[index].isTakenAsFound = true
            rest(.rollbackSkipped(reason: reason), note: reason, at: index, on: time)
            // Why: where a person left every part that moved traffic, they know where it is.
            if let shift = places.shift(plan.steps[index].composite), isLeftWhereItIs(shift) {
                unsureTraffic.remove(shift.anchor)
            }
        case .kept: set(.kept, at: index, on: time)
        case .drifted(let problem): records[index].drift = problem
        case .driftCleared: records[index].drift = nil
        }
    }

    private mutating func applyApproval(_ fact: StepFact, to index: Int, at time: Timestamp) {
        switch fact {
        case .approvalAsked(let until):
            records[index].approvals = []
            records[index].subject = nil
            set(.waitingApproval(attempt: forwardAttempts(index), until: until), at: index, on: time)
        case .surveyed(let subject): records[index].subject = subject
        case .approvalGiven(let approval): records[index].approvals.append(approval)
        case .approvalRevoked(let person): records[index].approvals.removeAll { $0.by == person }
        case .approvalsDropped(let reason):
            records[index].approvals = []
            records[index].subject = nil
            records[index].note = reason
            if records[index].state == .succeeded { reopen(index, at: time) }
        case .started, .conditionHeld, .windowClosed, .windowOpened, .skipped, .probed, .foundSatisfied, .soakStarted,
            .personAsked, .succeeded, .failed, .stalled, .reset, .canceled, .drifted, .driftCleared, .rollbackSkipped,
            .kept:
            break
        }
    }

    /// Has the step begin again in its turn; one that was made already, and cut short, only to see it to its end.
    mutating func reopen(_ index: Int, at time: Timestamp, isMade: Bool = false) {
        records[index].endedAt = nil
        records[index].isCutShort = records[index].state == .canceled || isMade
        set(.pending, at: index, on: time)
        phasesEnded.remove(plan.steps[index].phase)
    }

    private func pause(for failure: StepFailure, of step: PlanStep) -> PauseReason {
        if case .confirm = step.work { return .approval(step.id, failure.problem.message) }
        return failure.kind == .inconclusive ? .inconclusive(step.id) : .failedStep(step.id)
    }

    private mutating func rest(_ state: StepState, note: String, at index: Int, on time: Timestamp) {
        records[index].note = note
        set(state, at: index, on: time)
    }

    func forwardAttempts(_ index: Int) -> Int { records[index].attempts[.forward] ?? 0 }

    /// The newest try of the step going forward.
    func newestForward(_ index: Int) -> Attempt {
        Attempt(step: plan.steps[index].id, direction: .forward, number: forwardAttempts(index))
    }

    private mutating func start(_ index: Int, attempt: Int, at time: Timestamp) {
        starts += 1
        startsInSession += 1
        records[index].attempts[.forward] = attempt
        records[index].startOrder = records[index].startOrder ?? starts
        records[index].startedAt = records[index].startedAt ?? time
        records[index].note = nil
        records[index].refusals = 0
        records[index].drift = nil
        let phase = plan.steps[index].phase
        phasesBegun[phase] = phasesBegun[phase] ?? time
        if plan.steps[index].when != nil {
            set(.deciding(attempt: attempt), at: index, on: time)
        } else {
            begin(index, attempt: attempt, at: time)
        }
    }

    private mutating func begin(_ index: Int, attempt: Int, at time: Timestamp) {
        let step = plan.steps[index]
        switch step.work {
        case .probe: set(.probing(attempt: attempt), at: index, on: time)
        case .action:
            let attempt = Attempt(step: step.id, direction: .forward, number: attempt)
            set(.changing(attempt, firstStage(of: index, at: time)), at: index, on: time)
        // Why nothing for these: the event that says until when follows in the same transaction.
        case .confirm, .manual, .soak: set(.deciding(attempt: attempt), at: index, on: time)
        }
    }

    /// Looking before the change; or, where it was made already and must never be made twice, seeing it to its end.
    private func firstStage(of index: Int, at time: Timestamp) -> ChangeStage {
        guard records[index].isCutShort, let owned = records[index].owned, owned.isMade,
            owned.change.effect == .nonIdempotent
        else { return .preparing }
        return .settling(owned.change, receipt: owned.receipt, since: time)
    }

    private mutating func passProbe(_ index: Int, summary: String, captures: [String: Value], at time: Timestamp) {
        records[index].note = summary
        learn(captures, at: index)
        if !plan.steps[index].verify.isEmpty {
            set(.verifying(attempt: forwardAttempts(index), isOwned: false), at: index, on: time)
        }
    }

    private mutating func findSatisfied(_ index: Int, summary: String, captures: [String: Value], at time: Timestamp) {
        records[index].note = summary
        learn(captures, at: index)
        // Why owned counts: a retry after a failed verify finds our own work in place, and must not disown it.
        let isOwned = records[index].owned != nil
        if !isOwned, plan.steps[index].traffic != nil { records[index].isTakenAsFound = true }
        if !plan.steps[index].verify.isEmpty {
            set(.verifying(attempt: forwardAttempts(index), isOwned: isOwned), at: index, on: time)
        } else {
            set(isOwned ? .succeeded : .alreadySatisfied, at: index, on: time)
        }
    }

    private mutating func succeed(_ index: Int, at time: Timestamp) {
        if case .verifying(_, let isOwned) = records[index].state, !isOwned, case .action = plan.steps[index].work {
            set(.alreadySatisfied, at: index, on: time)
        } else {
            set(.succeeded, at: index, on: time)
        }
    }

    /// Keeps what a step made known: under `steps`, and by name where the runbook captures it.
    mutating func learn(_ captures: [String: Value], at index: Int) {
        guard !captures.isEmpty else { return }
        if records[index].captures.isEmpty {
            records[index].captures = captures
        } else {
            records[index].captures.merge(captures) { $1 }
        }
        let step = plan.steps[index]
        for name in step.capture.keys { facts[name] = captures[name] ?? facts[name] }
        var steps = facts.updateValue(.null, forKey: "steps") ?? .object([:])
        StepFacts.add(captures, of: step.id, to: &steps)
        facts["steps"] = steps
    }
}
