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
    /// Why not of steps that went on since: what was seen is not what they left.
    func tell(_ findings: [StepReadiness], of seen: RunState, with hand: inout Hand) {
        hand.isLookingBack = false
        let now = hand.machine.state
        for finding in findings {
            guard let record = now.record(of: finding.step), record == seen.record(of: finding.step),
                !record.state.isActive
            else { continue }
            switch finding.readiness {
            case .stale(let words), .impossible(let words), .unknown(let words):
                guard hand.unready.insert(finding.step).inserted else { continue }
                progress(.note(finding.step, "could not be undone as things are: \(words)"))
            case .ready, .notUndone:
                guard hand.unready.remove(finding.step) != nil else { continue }
                progress(.note(finding.step, "can be undone again"))
            }
        }
    }
}
