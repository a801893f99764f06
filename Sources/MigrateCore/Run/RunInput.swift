/// What the machine is told.
public enum RunInput: Sendable {
    /// A process took the lease and wants this.
    case begin(Session)
    /// An effect came to its end.
    case answered(RunEffect, EffectAnswer)
    /// The program that makes a change is started, and waits to be on record.
    case programStarted(Attempt, ChildProgram)
    /// Another process asks for something.
    case request(RunRequest)
    /// What became of a notice, and the head of the log that it carried.
    case noticeEnded(NoticeID, NoticeFate, head: String?)
    /// Somebody pressed Ctrl-C.
    case stop
    /// The process of the open session is gone, and another has its lease.
    case sessionLost
}

/// Something to do in the world; derived from the state, never stored.
///
/// Equal effects are the same work.
public enum RunEffect: Sendable, Hashable {
    /// Evaluate the `when` of a step.
    case condition(StepID, attempt: Int)
    /// Ask the probe of a step until it answers for good.
    case probe(StepID, attempt: Int)
    /// Ask the probes beside a step until they answer for good.
    case verify(StepID, attempt: Int)
    /// Wait until a time, watching.
    case soak(StepID, attempt: Int, until: Timestamp)
    /// Ask the watches of a step until one fails.
    case watch(StepID, attempt: Int)
    /// Wait until a time at which waiting for people, or for a window, is over.
    case deadline(StepID, attempt: Int, until: Timestamp)
    /// Look at what an approval covers; `given` people have said yes to what was seen last.
    case survey(StepID, attempt: Int, given: Int)
    /// Look before a change.
    case prepare(Attempt)
    /// Make the change.
    case perform(Attempt)
    /// Find out whether the change happened.
    case reconcile(Attempt)
    /// Wait until the world has caught up with the change.
    case settle(Attempt)
    /// Check what a phase requires; not before a time, when it was checked already.
    case requirement(PhaseID, after: Timestamp?)
    /// Wait until a time at which a phase has taken too long.
    case phaseDeadline(PhaseID, until: Timestamp)

    /// Whether it may begin before what led to it is durable: the look before or after a change that goes forward.
    ///
    /// Such a look changes nothing, and what it finds is often followed by an intent.
    public var mayBeginAhead: Bool {
        switch self {
        case .prepare(let attempt), .settle(let attempt): attempt.direction == .forward
        case .condition, .probe, .verify, .soak, .watch, .deadline, .survey, .perform, .reconcile, .requirement,
            .phaseDeadline:
            false
        }
    }

    /// Step that it is about; nil when it is about a phase.
    var step: StepID? {
        switch self {
        case .condition(let id, _), .probe(let id, _), .verify(let id, _), .soak(let id, _, _), .watch(let id, _),
            .deadline(let id, _, _), .survey(let id, _, _):
            id
        case .prepare(let attempt), .perform(let attempt), .reconcile(let attempt), .settle(let attempt): attempt.step
        case .requirement, .phaseDeadline: nil
        }
    }
}

/// What came of an effect.
public enum EffectAnswer: Sendable {
    /// Of `condition`.
    case condition(Verdict)
    /// Of `probe` and `verify`.
    case probe(ProbeAnswer)
    /// Of `soak`: the time is over, and the watches held.
    case soaked
    /// Of `soak` and `watch`: a watch failed, or gave no data for too long.
    case breached(String)
    /// Of `deadline` and `phaseDeadline`.
    case timeUp
    /// Of `survey`.
    case surveyed(ApprovalSubject)
    /// Of `prepare`, going forward or by an action of the runbook; with the step's change window, where it has one.
    case prepared(Preparation, window: WindowRuling? = nil)
    /// Of `prepare`, going back or home.
    case returnPrepared(ReturnPreparation)
    /// Of `perform`.
    case performed(PerformOutcome)
    /// Of `reconcile`.
    case reconciled(Reconciliation)
    /// Of `settle`; `pending` when the world did not catch up in the time allowed.
    case settled(Settlement)
    /// Of `requirement`.
    case requirement(GateFinding)
}
