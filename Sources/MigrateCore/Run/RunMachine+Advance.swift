/// What is due without being asked for.
extension RunMachine {
    func advanceForward(_ session: Session, through: PhaseID?, only: StepID?, at now: Timestamp) -> [RunEvent] {
        for phase in state.plan.phases where !state.phasesEnded.contains(phase.id) && state.isPassed(phase.id) {
            return [.run(.phaseEnded(phase.id))]
        }
        if isReached(through: through, only: only) {
            return state.active.contains(where: isCallInFlight) ? [] : [.run(.sessionEnded(.goalReached))]
        }
        if session.isStepByStep, state.startsInSession > 0 {
            return state.active.isEmpty ? [.run(.sessionEnded(.paused(.byOperator(session.operatorName))))] : []
        }
        guard let phase = currentPhase, let range = state.places.phases[phase] else { return [] }
        let room = session.isStepByStep ? 1 : session.parallel - state.active.count
        let ready = room > 0 ? Array(range.lazy.filter { isReady($0, only: only) }.prefix(room)) : []
        guard !ready.isEmpty else { return [] }
        switch gate(of: phase, at: now) {
        case .open: break
        case .unknown: return []
        // Why only at rest: what is under way may yet heal what does not hold, and is watched meanwhile.
        case .shut(let reason): return state.active.isEmpty ? [.run(.halted(reason))] : []
        }
        if let lapsed = ready.lazy.compactMap({ lapse(before: $0, at: now) }).first { return lapsed }
        return ready.flatMap { index -> [RunEvent] in
            let step = state.plan.steps[index]
            let start = RunEvent.step(step.id, .started(attempt: state.forwardAttempts(index) + 1))
            return [start] + (step.when == nil ? waitEvents(of: index, at: now) : [])
        }
    }

    /// First phase with steps left.
    var currentPhase: PhaseID? { state.plan.phases.first { !state.isPassed($0.id) }?.id }

    func isWithin(_ phase: PhaseID, through: PhaseID?) -> Bool {
        guard let through else { return true }
        for declared in state.plan.phases {
            if declared.id == phase { return true }
            if declared.id == through { return false }
        }
        return false
    }

    private func isReached(through: PhaseID?, only: StepID?) -> Bool {
        if let only { return state.record(of: only)?.state.isPassed ?? true }
        guard let phase = currentPhase else { return true }
        return !isWithin(phase, through: through)
    }

    private func isReady(_ index: Int, only: StepID?) -> Bool {
        guard state.records[index].state == .pending, !state.lacksApproval(index) else { return false }
        let step = state.plan.steps[index]
        // Why also its approval: it may have been put aside, and the step would wait for it in vain.
        if let only, step.id != only { return state.places.steps[only].flatMap { state.places.approvals[$0] } == index }
        return step.needs.allSatisfy { state.record(of: $0)?.state.isPassed ?? false }
    }

    /// Events that say until when a step waits; they follow its start in the same transaction.
    func waitEvents(of index: Int, at now: Timestamp) -> [RunEvent] {
        let step = state.plan.steps[index]
        switch step.work {
        case .probe, .action: return []
        case .manual: return [.step(step.id, .personAsked)]
        case .confirm(let name):
            let expires = state.plan.approvals.first { $0.name == name }?.expires ?? .seconds(3600)
            return [.step(step.id, .approvalAsked(until: now + expires))]
        case .soak(let text):
            switch state.soakLength(text, of: index) {
            case .success(let length):
                return [.step(step.id, .soakStarted(until: now + length / (state.session?.timeScale ?? 1)))]
            case .failure(let problem): return [.step(step.id, .failed(StepFailure(.failed, problem)))]
            }
        }
    }

    func advanceRollback(_ steps: [StepID], includeKept: Bool) -> [RunEvent] {
        let overtaken = state.active.sorted().filter { isOvertaken($0) }
        if !overtaken.isEmpty { return overtaken.map { .step(state.plan.steps[$0].id, .canceled) } }
        guard state.active.isEmpty else { return [] }
        for id in steps {
            guard let index = state.places.steps[id], state.records[index].owned != nil else { continue }
            switch state.records[index].state {
            case .kept where !includeKept, .rollbackSkipped: continue
            case .kept, .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow,
                .waitingApproval,
                .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rollingBack,
                .rolledBack, .rollbackFailed:
                return [undo(index, includeKept: includeKept)]
            }
        }
        return [.run(.sessionEnded(.rolledBack))]
    }

    private func undo(_ index: Int, includeKept: Bool) -> RunEvent {
        let step = state.plan.steps[index]
        let number = (state.records[index].attempts[.back] ?? 0) + 1
        let start = RunEvent.change(Attempt(step: step.id, direction: .back, number: number), .returnStarted)
        switch step.rollback {
        case .keep: return includeKept ? start : .step(step.id, .kept)
        case .none(let reason): return .step(step.id, .rollbackSkipped(reason: reason, by: nil))
        case .notNeeded: return .step(step.id, .rollbackSkipped(reason: "nothing to undo", by: nil))
        case .captured, .action: return start
        }
    }

    func advanceBackOut(_ session: Session) -> [RunEvent] {
        guard let backOut = state.backOut else { return [] }
        let interrupted = state.active.sorted().filter { !isCallInFlight($0) }
        if !interrupted.isEmpty { return interrupted.map { .step(state.plan.steps[$0].id, .canceled) } }
        guard state.active.isEmpty, backOut.working == nil else { return [] }
        if case .some(.rollbackFailed) = state.halting { return endBackOut(session) }
        if let anchor = backOut.queue.first {
            let number = (state.records[anchor].attempts[.home] ?? 0) + 1
            let attempt = Attempt(step: state.plan.steps[anchor].id, direction: .home, number: number)
            return [.change(attempt, .returnStarted)]
        }
        return endBackOut(session)
    }

    private func endBackOut(_ session: Session) -> [RunEvent] {
        let ended = RunEvent.run(.backOutEnded)
        switch state.halting {
        case .rollbackFailed?, .paused(.conflict)?, .paused(.inDoubt)?, .paused(.inconclusive)?:
            return [ended, .run(.sessionEnded(state.halting ?? .stopped))]
        case .paused?, .stopped?, .goalReached?, .backedOut?, .rolledBack?, .answered?, nil: break
        }
        if case .rollback = session.goal { return [ended] }
        return [ended, .run(.sessionEnded(.backedOut(state.backOut?.reason ?? "")))]
    }

    /// Whether a call of this step has left, so that its outcome must be awaited whatever else happens.
    func isCallInFlight(_ index: Int) -> Bool {
        switch state.records[index].state {
        case .changing(_, .performing), .changing(_, .reconciling), .rollingBack: true
        case .changing, .pending, .deciding, .probing, .verifying, .soaking, .waitingWindow, .waitingApproval,
            .waitingPerson,
            .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack, .rollbackFailed,
            .rollbackSkipped, .kept:
            false
        }
    }
}
