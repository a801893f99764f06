/// What is to be done in the world, as it follows from the state.
extension RunMachine {
    /// Work that should be under way now.
    ///
    /// The runner starts what is missing and cancels what is no longer here.
    public var effects: [RunEffect] {
        guard state.session != nil else { return [] }
        var effects = state.active.sorted().flatMap { self.effects(of: $0) }
        if let working = state.backOut?.working, !state.isStalled(working) {
            effects.append(effect(of: working.attempt, at: working.stage))
        }
        guard state.backOut == nil else { return effects }
        effects += trafficWatches
        if state.halting == nil { effects += phaseEffects }
        return effects
    }

    /// Whether `effect` should be under way now.
    func isWanted(_ effect: RunEffect) -> Bool {
        // Why its own step first: nearly always that is all there is to see, however many steps are at work.
        if state.session != nil, let index = effect.step.flatMap({ state.places.steps[$0] }),
            state.active.contains(index), effects(of: index).contains(effect)
        {
            return true
        }
        return effects.contains(effect)
    }

    private func effects(of index: Int) -> [RunEffect] {
        let id = state.plan.steps[index].id
        guard !state.stalled.contains(index) else { return [] }
        switch state.records[index].state {
        case .deciding(let attempt): return mayStart ? [.condition(id, attempt: attempt)] : []
        case .probing(let attempt): return mayFinish ? [.probe(id, attempt: attempt)] : []
        case .verifying(let attempt, _): return mayFinish ? [.verify(id, attempt: attempt)] : []
        case .soaking(let attempt, let until): return mayStart ? [.soak(id, attempt: attempt, until: until)] : []
        case .waitingWindow(let attempt, let until), .waitingApproval(let attempt, let until):
            guard mayStart, isForward else { return [] }
            return [.deadline(id, attempt: attempt, until: until)] + surveys(index, attempt) + watches(index, attempt)
        case .waitingPerson(let attempt): return mayStart && isForward ? watches(index, attempt) : []
        case .changing(let attempt, let stage), .rollingBack(let attempt, let stage):
            let effect = effect(of: attempt, at: stage)
            switch stage {
            // Why a return whatever the goal: it was begun, and comes to its end before anything else does.
            case .preparing: return mayStart && (attempt.direction != .forward || isWithinGoal(id)) ? [effect] : []
            case .performing, .reconciling: return [effect]
            case .settling: return mayFinish ? [effect] : []
            }
        case .pending, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack,
            .rollbackFailed, .rollbackSkipped, .kept:
            return []
        }
    }

    /// Whether the session may begin a change of this step: one for a step, a loop or a composite begins no other.
    func isWithinGoal(_ id: StepID) -> Bool {
        guard case .forward(_, _, let only?) = state.session?.goal else { return true }
        return only.covers(id)
    }

    private func effect(of attempt: Attempt, at stage: ChangeStage) -> RunEffect {
        switch stage {
        case .preparing: .prepare(attempt)
        case .reconciling: .reconcile(attempt)
        case .settling: .settle(attempt)
        case .performing(let change, let epoch, let program):
            // Why by class: the call of a dead process may have been made, and only some may be made again, and none
            // that goes forward while the run goes back. A program on record is waited for, whichever process started
            // it.
            if epoch == state.session?.epoch || program != nil
                || change.effect.mayBeRepeated && (isForward || attempt.direction != .forward)
            {
                .perform(attempt)
            } else {
                .reconcile(attempt)
            }
        }
    }

    /// What an approval covers is looked at before people are asked, and once more when enough of them have agreed.
    private func surveys(_ index: Int, _ attempt: Int) -> [RunEffect] {
        guard case .waitingApproval = state.records[index].state else { return [] }
        let record = state.records[index]
        guard record.subject == nil || state.isAgreed(index) else { return [] }
        return [.survey(state.plan.steps[index].id, attempt: attempt, given: record.approvals.count)]
    }

    private func watches(_ index: Int, _ attempt: Int) -> [RunEffect] {
        let step = state.plan.steps[index]
        return step.watch.isEmpty ? [] : [.watch(step.id, attempt: attempt)]
    }

    /// Watches of traffic that is away, while no soak of its own asks them.
    ///
    /// They outlive a pause: a run that waits for a person must still bring traffic home when a watch fails.
    private var trafficWatches: [RunEffect] {
        guard state.isForward, state.mayHold else { return [] }
        return state.places.shifts.compactMap { shift in
            let anchor = state.plan.steps[shift.anchor]
            guard state.isTrafficAway(shift), anchor.onFailure != .continue,
                anchor.watch.contains(where: { !$0.isAdvisory }), !shift.parts.contains(where: { isSoaking($0) })
            else { return nil }
            return .watch(anchor.id, attempt: state.forwardAttempts(shift.anchor))
        }
    }

    private func isSoaking(_ index: Int) -> Bool {
        guard mayStart, case .soaking = state.records[index].state else { return false }
        return true
    }

    var isForward: Bool { state.isForward }

    /// Work about the phase rather than a step.
    private var phaseEffects: [RunEffect] {
        guard isForward, let phase = currentPhase,
            let declared = state.plan.phases.first(where: { $0.id == phase })
        else { return [] }
        var effects: [RunEffect] = []
        if phaseWithRequirement == phase, !state.active.contains(where: { isChanging($0) && !standsStill($0) }) {
            effects.append(.requirement(phase, after: state.gates[phase].map { $0.at + freshness(of: declared) }))
        }
        if let limit = declared.timeout, let begun = state.phasesBegun[phase] {
            effects.append(.phaseDeadline(phase, until: begun + limit / state.scale))
        }
        return effects
    }

    private func isChanging(_ index: Int) -> Bool {
        switch state.records[index].state {
        case .changing, .rollingBack, .verifying: true
        case .pending, .deciding, .probing, .soaking, .waitingWindow, .waitingApproval, .waitingPerson, .succeeded,
            .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack, .rollbackFailed, .rollbackSkipped,
            .kept:
            false
        }
    }

    /// Whether new work may begin.
    private var mayStart: Bool { state.halting == nil }

    /// Whether work that changes nothing may come to its end: not when a person wants to stop now.
    private var mayFinish: Bool {
        switch state.halting {
        case nil, .paused(.failedStep)?, .paused(.inconclusive)?, .paused(.inDoubt)?, .paused(.conflict)?,
            .paused(.requirement)?, .paused(.drift)?, .paused(.approval)?, .paused(.watch)?,
            .rollbackFailed?:
            !state.isReleased
        case .paused(.byOperator)?, .paused(.phaseTimedOut)?, .paused(.leaseLost)?, .stopped?, .goalReached?,
            .backedOut?, .rolledBack?, .answered?:
            false
        }
    }
}

extension EffectClass {
    /// Whether a call whose outcome is unknown may simply be made again.
    public var mayBeRepeated: Bool {
        switch self {
        case .readOnly, .token, .convergent: true
        case .reconcilable, .nonIdempotent: false
        }
    }
}
