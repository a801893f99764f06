import MigrateCore

/// What holds of every state that a run gets into.
extension Explorer {
    /// Names of the rules that `machine` breaks; `replayed` is what its events add up to by themselves.
    static func rulesBroken(by machine: RunMachine, replayed: RunState) -> [String] {
        let state = machine.state
        var broken: [String] = []
        if key(state) != key(replayed) || state.records != replayed.records {
            broken.append("the events say something else than the machine")
        }
        if state.session != nil, machine.effects.isEmpty, !isWaitingForAPerson(state) {
            broken.append("a session is open, with nothing to do and nobody to wait for")
        }
        if case .backedOut? = state.lastEnd, state.isTrafficAway { broken.append("backed out, and traffic is away") }
        if case .rolledBack? = state.lastEnd, let left = state.lastRollback.map({ undoable($0, in: state) }),
            !left.isEmpty
        {
            broken.append("rolled back, and \(left) can still be undone")
        }
        return broken
    }

    private static func isWaitingForAPerson(_ state: RunState) -> Bool {
        state.records.contains { record in
            switch record.state {
            case .waitingPerson, .waitingApproval: true
            case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .succeeded,
                .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rollingBack, .rolledBack, .rollbackFailed,
                .rollbackSkipped, .kept:
                false
            }
        }
    }

    /// Steps of a rollback that are as they were before it.
    private static func undoable(_ rollback: RunState.LastRollback, in state: RunState) -> [StepID] {
        rollback.steps.filter { id in
            guard let record = state.record(of: id), record.owned != nil else { return false }
            switch record.state {
            case .succeeded, .failed, .changing, .verifying, .soaking, .rollbackFailed: return true
            case .pending, .deciding, .probing, .waitingWindow, .waitingApproval, .waitingPerson, .alreadySatisfied,
                .skipped, .inDoubt, .canceled, .rollingBack, .rolledBack, .rollbackSkipped, .kept:
                return false
            }
        }
    }
}
