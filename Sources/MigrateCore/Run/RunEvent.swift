/// What happened in a run; the journal is a list of these, and a run's state is nothing but what they add up to.
///
/// Rule: never rename or remove a case. Why: journals outlive releases. What if you don't: a night's way back is lost.
public enum RunEvent: Sendable, Hashable, Codable {
    /// Something about the run or the process at work.
    case run(RunFact)
    /// Something about a step.
    case step(StepID, StepFact)
    /// Something about a change: forward, back or home.
    case change(Attempt, ChangeFact)

    /// Step that it is about; nil for the run.
    public var step: StepID? {
        switch self {
        case .run: nil
        case .step(let id, _): id
        case .change(let attempt, _): attempt.step
        }
    }
}

/// What happened to the run as a whole.
public enum RunFact: Sendable, Hashable, Codable {
    /// A process took the lease.
    case sessionStarted(Session)
    /// The process let go of it.
    case sessionEnded(SessionEnd)
    /// Bringing traffic home was decided: of the composites with these anchors, or of all when nil.
    case backOutStarted(reason: String, by: String?, anchors: [StepID]? = nil)
    /// Bringing traffic home is over; `isHome` says whether all of it is, and is nil in what older tools wrote.
    case backOutEnded(isHome: Bool? = nil)
    /// Nothing new is started from here on, for this reason.
    case halted(SessionEnd)
    /// Work goes on after it was halted.
    case resumed(by: String)
    /// The run was given up for good; what it owns can still be undone.
    case canceled(reason: String, by: String)
    /// A phase's requirement was checked; nil means that it holds.
    case requirementChecked(PhaseID, problem: String?)
    /// A person lets a phase go on although its requirement does not hold, in these words.
    case requirementAccepted(PhaseID, problem: String, reason: String, by: String)
    /// All steps of a phase are over and good.
    case phaseEnded(PhaseID)
    /// It goes over to another definition.
    case revised(PlanRevision)
    /// A request was taken.
    case requestTaken(RunRequest)
    /// A request was not taken, for this reason.
    case requestRefused(RunRequest, reason: String)
    /// Somebody is about to be told of a moment, in these words or in the runbook's.
    case noticeIntended(NoticeID, text: String)
    /// What became of that; `head` is the head of the log that was told, nil when nothing left.
    case noticeEnded(NoticeID, fate: NoticeFate, head: String? = nil)
}

/// What happened to a step.
public enum StepFact: Sendable, Hashable, Codable {
    /// It began; attempts count from 1.
    case started(attempt: Int)
    /// Its `when` held.
    case conditionHeld
    /// It must wait for its change window.
    case windowClosed(until: Timestamp, reason: String)
    /// Its change window is open; nil when it only woke up to look again.
    case windowOpened(until: Timestamp?)
    /// It was left out.
    case skipped(reason: String, by: String?)
    /// Its probe passed.
    case probed(summary: String, captures: [String: Value])
    /// The wanted state already held.
    case foundSatisfied(summary: String, captures: [String: Value])
    /// Its wait began.
    case soakStarted(until: Timestamp)
    /// Its wait for people began.
    case approvalAsked(until: Timestamp)
    /// What an approval covers was looked at.
    case surveyed(ApprovalSubject)
    /// Somebody said yes.
    case approvalGiven(Approval)
    /// Somebody took their yes back.
    case approvalRevoked(by: String)
    /// What people said yes to is no longer so; they are asked again.
    case approvalsDropped(reason: String)
    /// Its wait for a person began.
    case personAsked
    /// It is over and good.
    case succeeded
    /// It is over and not good.
    case failed(StepFailure)
    /// It cannot get on for now; it stays where it is, and the next session goes on from there.
    case stalled(Problem)
    /// It will be tried again.
    case reset(by: String?)
    /// It was ended early.
    case canceled
    /// What it left is no longer so.
    case drifted(Problem)
    /// What it left is so again.
    case driftCleared
    /// It is not undone, for a reason.
    case rollbackSkipped(reason: String, by: String?)
    /// It is not undone on purpose.
    case kept
}

/// What happened to one try at a change.
public enum ChangeFact: Sendable, Hashable, Codable {
    /// A try back or home began; forward tries begin with their step.
    case returnStarted
    /// **Commit A.** The change is about to be made, under the lease of this epoch.
    case intended(Change, epoch: Int)
    /// The program that makes the change is started, and goes on once this is durable.
    case programStarted(ChildProgram)
    /// **Commit B.** The service said yes.
    case applied(receipt: Value)
    /// **Commit B.** The service certainly did nothing.
    case notApplied(Problem)
    /// **Commit B.** Nobody knows what the service did.
    case outcomeUnknown(Problem)
    /// The world shows that it did not happen; it will be made again.
    case foundNotApplied
    /// The world has caught up.
    case settled(after: Value, summary: String, captures: [String: Value])
    /// Nobody can tell whether it happened.
    case inDoubt(Problem)
    /// A person said whether it happened.
    case resolved(applied: Bool, reason: String, by: String)
    /// The world could not be looked at before going back; it will be tried again.
    case returnDelayed(Problem)
    /// What it was to bring back is there already.
    case returnNotNeeded(summary: String)
    /// Going back failed.
    case returnFailed(Problem)
    /// Somebody changed the thing since; it was not touched. `before` is how it was before this run, `byHand` the command
    /// that brings traffic home from what was found.
    case conflicted(expected: Value, found: Value, before: Value? = nil, byHand: String? = nil)
}
