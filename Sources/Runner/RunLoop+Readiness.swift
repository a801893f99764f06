import MigrateCore

/// The way back, looked at every few minutes while a run goes forward.
///
/// What a phase requires is an effect of the machine, and shuts its gate. This is for all the others: nothing waits for
/// it, and people hear what has changed. Why its interval is not scaled in rehearsals: nothing there waits for it
/// either, and a hundred steps would be looked at all the time.
extension RunLoop {
    /// Starts a look, unless one is under way or nobody needs it.
    func lookBack(
        with hand: inout Hand,
        group: inout ThrowingDiscardingTaskGroup<any Error>,
        _ inbox: Inbox<Message>
    ) {
        guard !hand.isLookingBack, hand.machine.wantsReadinessTold else { return }
        hand.isLookingBack = true
        group.addTask { [executor, state = hand.machine.state] in
            inbox.put(.readiness(state, await ReadinessChecker(executor: executor).check(state)))
        }
    }

    /// Tells people of the steps that can no longer be undone, and of those that can be again.
    ///
    /// Why nothing when the run changed something meanwhile: what was seen is not what it left.
    func tell(_ findings: [StepReadiness], of seen: RunState, with hand: inout Hand) {
        hand.isLookingBack = false
        let now = hand.machine.state
        guard now.records.elementsEqual(seen.records, by: { $0.owned == $1.owned }) else { return }
        for finding in findings where now.record(of: finding.step)?.state.isActive == false {
            let words =
                switch finding.readiness {
                case .stale(let words), .impossible(let words): "could not be undone as things are: \(words)"
                case .unknown(let words): "cannot be told whether it could be undone: \(words)"
                case .ready, .notUndone, .inDoubt: ""
                }
            if words.isEmpty {
                if hand.unready.remove(finding.step) != nil { progress.add(.note(finding.step, "can be undone again")) }
            } else if hand.unready.insert(finding.step).inserted {
                progress.add(.note(finding.step, words))
            }
        }
    }
}
