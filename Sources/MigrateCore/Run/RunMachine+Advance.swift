/// What is due without being asked for.
extension RunMachine {
    func advanceForward(_ session: Session, through: PhaseID?, only: StepID?, at now: Timestamp) -> [RunEvent] {
        for phase in state.plan.phases where !state.phasesEnded.contains(phase.id) && state.isPassed(phase.id) {
            return [.run(.phaseEnded(phase.id))]
        }
        let only = only.map { state.places(of: $0) }
        if isReached(through: through, only: only) {
            return state.active.contains { isCallInFlight($0) } ? [] : [.run(.sessionEnded(.goalReached))]
        }
        if session.isStepByStep, state.startsInSession > 0 {
            // Why halted rather than over: traffic that is away is watched until a person says `resume`, or goes.
            return isNothingAtWork ? [.run(.halted(.paused(.byOperator(session.operatorName))))] : []
        }
        // Why first: a return that an earlier session left under way comes to its end before anything builds on it.
        if state.active.contains(where: { isReturning($0) }) { return [] }
        if state.records.hasRolledBack { return resets() }
        guard let phase = currentPhase else { return [] }
        let ready = ready(
            in: phase,
            only: only,
            room: (session.isStepByStep ? 1 : session.parallel) - placesTaken
        )
        guard !ready.isEmpty else { return [] }
        switch gate(of: phase, at: now) {
        case .open: break
        case .unknown: return []
        // Why only at rest: what is under way may yet heal what does not hold, and is watched meanwhile.
        case .shut(let reason): return isNothingAtWork ? [.run(.halted(reason))] : []
        }
        if let lapsed = ready.lazy.compactMap({ lapse(before: $0, at: now) }).first { return lapsed }
        return ready.flatMap { index -> [RunEvent] in
            let step = state.plan.steps[index]
            let start = RunEvent.step(step.id, .started(attempt: state.forwardAttempts(index) + 1))
            return [start] + (step.when == nil ? waitEvents(of: index, at: now, scale: state.scale) : [])
        }
    }

    private var isNothingAtWork: Bool { placesTaken == 0 }

    /// How many steps are at work, each of which takes one of the places side by side.
    ///
    /// Why by the goal first: asked after every event, of every step that is at work beside it.
    private var placesTaken: Int {
        guard case .forward(_, _, only: _?) = state.session?.goal else { return state.active.count }
        return state.active.count { !standsStill($0) }
    }

    /// Whether an earlier session left the step before its change, and this one is for others.
    func standsStill(_ index: Int) -> Bool {
        guard case .changing(_, .preparing) = state.records[index].state else { return false }
        return !isWithinGoal(state.plan.steps[index].id)
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

    private func isReached(through: PhaseID?, only: Set<Int>?) -> Bool {
        if let only { return only.allSatisfy { state.records.standing(at: $0).isPassed } }
        guard let phase = currentPhase else { return true }
        return !isWithin(phase, through: through)
    }

    /// The first steps of `phase` that may start, as many as there is room for.
    private func ready(in phase: PhaseID, only: Set<Int>?, room: Int) -> [Int] {
        guard let places = state.places.phases[phase] else { return [] }
        var ready: [Int] = []
        var next = places.lowerBound
        while ready.count < room, let index = state.records.firstCandidate(from: next, before: places.upperBound) {
            if isReady(index, only: only) { ready.append(index) }
            next = index + 1
        }
        return ready
    }

    /// Whether the step at `index`, which is pending, may start.
    ///
    /// Rule: nothing here opens a record or a step of the plan. Why: every candidate of the phase is asked after every
    /// event, and in a plan where nothing waits that is every step.
    private func isReady(_ index: Int, only: Set<Int>?) -> Bool {
        assert(state.records.standing(at: index) == .pending)
        // Why also its approval: it may have been put aside, and the step would wait for it in vain.
        if let only, !only.contains(index) {
            return only.contains { state.places.approvals[$0] == index }
        }
        // Why a closure written out: a method named by itself would be handed over with a copy of the whole machine.
        guard state.places.needs.all(of: index, where: { isBehindUs($0) }), !state.lacksApproval(index) else {
            return false
        }
        // Why besides what it waits for: of the looks that are asked again after a return, that is only the last.
        return state.places.looks[index]?.allSatisfy { state.records.standing(at: $0).isPassed } ?? true
    }

    /// Whether the step at `index` is over, and, where it was left out, everything that it waited for.
    ///
    /// Why: leaving out a soak must not let the weight after it start before the weight before it.
    private func isBehindUs(_ index: Int) -> Bool {
        let standing = state.records.standing(at: index)
        guard standing == .skipped else { return standing.isPassed }
        return state.places.needs.all(of: index, where: { isBehindUs($0) })
    }

    /// Events that say until when a step waits; they follow its start in the same transaction.
    func waitEvents(of index: Int, at now: Timestamp, scale: Int) -> [RunEvent] {
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
                return [.step(step.id, .soakStarted(until: now + length / scale))]
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
            // Why it stays in doubt: nothing is undone about it, and what may have happened must not be repeated
            // unasked.
            case .inDoubt where state.isDoubtKept(at: index, includeKept: includeKept): continue
            case .kept, .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow,
                .waitingApproval, .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled,
                .rollingBack, .rolledBack, .rollbackFailed:
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
        // Why only its own parts: traffic must not wait for a program that has nothing to do with it.
        let parts = Set(backOut.queue.flatMap { state.places.shift(state.plan.steps[$0].composite)?.parts ?? [] })
        guard state.active.intersection(parts).isSubset(of: state.stalled) else {
            // Why an end: whoever wants it to stop keeps a rollback that is under way from going on, and this would wait
            // for it in vain. The return itself does not end, as below.
            return effects.isEmpty ? [.run(.sessionEnded(state.halting ?? .stopped))] : []
        }
        if let working = backOut.working {
            // Why not asked for: whoever said that a change in doubt did not happen left nothing to begin from.
            if working.stage == .preparing, state.homeward(working.attempt.step) == nil {
                return [.change(working.attempt, .returnNotNeeded(summary: "no traffic is away any more"))]
            }
            // Why without an end of the return: the next session goes on from where it is.
            return state.isStalled(working) ? [.run(.sessionEnded(state.halting ?? .stopped))] : []
        }
        // Why only those: a call that was in flight when this began may have turned out not to have happened.
        let away = state.anchorsOfTrafficAway
        if let anchor = backOut.queue.first(where: away.contains) {
            let number = (state.records[anchor].attempts[.home] ?? 0) + 1
            let attempt = Attempt(step: state.plan.steps[anchor].id, direction: .home, number: number)
            return [.change(attempt, .returnStarted)]
        }
        // Why by effects: a step whose return was halted beside this one has none, and is left to the next session.
        guard effects.isEmpty else { return [] }
        return endBackOut(session)
    }

    private func endBackOut(_ session: Session) -> [RunEvent] {
        let hasFailed = state.backOut?.hasFailed == true
        let ended = RunEvent.run(.backOutEnded(isHome: !hasFailed && !state.isTrafficAway))
        if hasFailed { return [ended, .run(.sessionEnded(state.halting ?? .stopped))] }
        if case .rollback = session.goal { return [ended] }
        // Why not then: a rollback that was cut off wanted only some of the traffic home, and the rest stays where it
        // is.
        let end = state.isTrafficAway ? SessionEnd.stopped : .backedOut(state.backOut?.reason ?? "")
        return [ended, .run(.sessionEnded(end))]
    }

    private func isReturning(_ index: Int) -> Bool {
        if case .rollingBack = state.records[index].state { true } else { false }
    }

    /// Whether a call of this step has left, so that its outcome must be awaited whatever else happens.
    func isCallInFlight(_ index: Int) -> Bool {
        switch state.records[index].state {
        case .changing(_, .performing), .changing(_, .reconciling), .rollingBack: true
        case .changing, .pending, .deciding, .probing, .verifying, .soaking, .waitingWindow, .waitingApproval,
            .waitingPerson, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack,
            .rollbackFailed, .rollbackSkipped, .kept:
            false
        }
    }
}
