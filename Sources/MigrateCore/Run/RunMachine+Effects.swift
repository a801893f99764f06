/// What is to be done in the world, as it follows from the state.
extension RunMachine {
    /// Work that should be under way now.
    ///
    /// The runner starts what is missing and cancels what is no longer here.
    public var effects: [RunEffect] {
        guard state.session != nil else { return [] }
        var effects = state.active.sorted().compactMap { effect(of: $0) }
        if let working = state.backOut?.working { effects.append(effect(of: working.attempt, at: working.stage)) }
        if state.halting == nil, state.backOut == nil, let phase = phaseAwaitingRequirement {
            effects.append(.requirement(phase))
        }
        return effects
    }

    private func effect(of index: Int) -> RunEffect? {
        let id = state.plan.steps[index].id
        switch state.records[index].state {
        case .deciding(let attempt): return mayStart ? .condition(id, attempt: attempt) : nil
        case .probing(let attempt): return mayFinish ? .probe(id, attempt: attempt) : nil
        case .verifying(let attempt, _): return mayFinish ? .verify(id, attempt: attempt) : nil
        case .soaking(let attempt, let until): return mayStart ? .soak(id, attempt: attempt, until: until) : nil
        case .waitingApproval(let attempt, let until):
            return mayStart ? .deadline(id, attempt: attempt, until: until) : nil
        case .changing(let attempt, let stage), .rollingBack(let attempt, let stage):
            let effect = effect(of: attempt, at: stage)
            switch stage {
            case .preparing: return mayStart ? effect : nil
            case .performing, .reconciling: return effect
            case .settling: return mayFinish ? effect : nil
            }
        case .waitingPerson, .pending, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled,
            .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
            return nil
        }
    }

    private func effect(of attempt: Attempt, at stage: ChangeStage) -> RunEffect {
        switch stage {
        case .preparing: .prepare(attempt)
        case .reconciling: .reconcile(attempt)
        case .settling: .settle(attempt)
        case .performing(let change, let epoch, let program):
            // Why by class: the call of a dead process may have been made, and only some may be made again. A program
            // on record is waited for, whichever process started it.
            if epoch == state.session?.epoch || program != nil || change.effect.mayBeRepeated {
                .perform(attempt)
            } else {
                .reconcile(attempt)
            }
        }
    }

    /// Whether new work may begin.
    private var mayStart: Bool { state.halting == nil }

    /// Whether work that changes nothing may come to its end: not when a person wants to stop now.
    private var mayFinish: Bool {
        switch state.halting {
        case nil, .paused(.failedStep)?, .paused(.inconclusive)?, .paused(.inDoubt)?, .paused(.conflict)?,
            .paused(.requirement)?, .rollbackFailed?:
            true
        case .paused(.byOperator)?, .paused(.approval)?, .stopped?, .goalReached?, .backedOut?, .rolledBack?,
            .answered?:
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
