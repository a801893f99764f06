/// What happened in a run; the journal is a list of these, and a run's state is nothing but what they add up to.
///
/// Rule: never rename or remove a case. Why: journals outlive releases. What if you don't: a night's way back is lost.
public enum RunEvent: Sendable, Hashable, Codable {
    /// A process took the lease.
    case sessionStarted(Session)
    /// The process let go of it.
    case sessionEnded(SessionEnd)

    /// A step began; `attempt` counts from 1.
    case stepStarted(StepID, attempt: Int)
    /// Its `when` held.
    case conditionHeld(StepID)
    /// It was left out.
    case stepSkipped(StepID, reason: String, by: String?)
    /// A probe step passed, or its verify probes did.
    case probePassed(StepID, summary: String, captures: [String: Value])
    /// The wanted state already held.
    case foundSatisfied(StepID, summary: String, captures: [String: Value])
    /// A wait began.
    case soakStarted(StepID, until: Timestamp)
    /// A wait for people began.
    case approvalAsked(StepID, until: Timestamp)
    /// Somebody said yes.
    case approvalGiven(StepID, Approval)
    /// A wait for a person began.
    case personAsked(StepID)
    /// The step is over and good.
    case stepSucceeded(StepID)
    /// The step is over and not good.
    case stepFailed(StepID, StepFailure)
    /// The step will be tried again.
    case stepReset(StepID, by: String?)
    /// The step was ended early.
    case stepCanceled(StepID)

    /// An attempt at a change back or home began.
    case returnStarted(Attempt)
    /// **Commit A.** The change is about to be made.
    case intended(Attempt, Change, epoch: Int)
    /// **Commit B.** The service said yes.
    case applied(Attempt, receipt: Value)
    /// **Commit B.** The service certainly did nothing.
    case notApplied(Attempt, Problem)
    /// **Commit B.** Nobody knows what the service did.
    case outcomeUnknown(Attempt, Problem)
    /// Asking the world showed that the change had not happened; it will be made again.
    case foundNotApplied(Attempt)
    /// The world has caught up.
    case settled(Attempt, after: Value, summary: String, captures: [String: Value])
    /// Nobody can tell whether the change happened.
    case inDoubt(Attempt, Problem)
    /// A person said whether it happened.
    case resolved(Attempt, applied: Bool, reason: String, by: String)

    /// Bringing traffic home was asked for.
    case backOutStarted(reason: String, by: String?)
    /// There was nothing to do, the target already held.
    case returnNotNeeded(Attempt, summary: String)
    /// Undoing failed.
    case returnFailed(Attempt, Problem)
    /// A step is not undone, for a reason.
    case rollbackSkipped(StepID, reason: String, by: String?)
    /// A step is not undone on purpose.
    case kept(StepID)

    /// A phase's requirement was checked; nil means that it holds.
    case requirementChecked(PhaseID, problem: String?)
    /// All steps of a phase are over and good.
    case phaseEnded(PhaseID)
    /// A request was taken.
    case requestTaken(RunRequest)
    /// A request was not taken, for this reason.
    case requestRefused(RunRequest, reason: String)
}
