/// What a session is asked to bring about.
public enum RunGoal: Sendable, Hashable, Codable {
    /// Every step from the start of `from` to the end of `through`; nil means the first and the last phase.
    /// With `only`, just that step, or all steps of that loop or composite.
    case forward(from: PhaseID?, through: PhaseID?, only: StepID?)
    /// Undo these steps, in this order; traffic goes home first. Kept things are undone only with `includeKept`.
    case rollback([StepID], includeKept: Bool)
    /// Bring traffic home and touch nothing else.
    case backOut(reason: String)
    /// Take in requests and let go again.
    case answer
}

/// The process that holds the lease, for as long as it does.
public struct Session: Sendable, Hashable, Codable {
    /// Count of leases of this journal; every event is written under one.
    public var epoch: Int
    /// `user@host pid`.
    public var holder: String
    /// Person behind it.
    public var operatorName: String
    /// What it is asked to bring about.
    public var goal: RunGoal
    /// How many steps may be at work side by side, at least 1.
    public var parallel: Int
    /// Whether it stops after each step.
    public var isStepByStep: Bool
    /// What every soak and wait is divided by, at least 1; above 1 only against loopback.
    public var timeScale: Int
    /// Version of the tool; nil in journals of releases that did not say.
    public var toolVersion: String?

    /// Makes a session.
    public init(
        epoch: Int,
        holder: String,
        operatorName: String,
        goal: RunGoal,
        parallel: Int = 8,
        isStepByStep: Bool = false,
        timeScale: Int = 1,
        toolVersion: String? = nil
    ) {
        self.epoch = epoch
        self.holder = holder
        self.operatorName = operatorName
        self.goal = goal
        self.parallel = parallel
        self.isStepByStep = isStepByStep
        self.timeScale = timeScale
        self.toolVersion = toolVersion
    }
}

/// Why a session ended.
public enum SessionEnd: Sendable, Hashable, Codable {
    /// What was asked for is done.
    case goalReached
    /// A person has to act.
    case paused(PauseReason)
    /// Traffic is home again, for this reason.
    case backedOut(String)
    /// What was asked to be undone is undone.
    case rolledBack
    /// A step could not be undone.
    case rollbackFailed(StepID)
    /// Somebody pressed Ctrl-C or sent a signal.
    case stopped
    /// Requests were taken in; the run stands as it did.
    case answered
}

/// Why a run waits for a person.
public enum PauseReason: Sendable, Hashable, Codable {
    /// Somebody asked for it.
    case byOperator(String)
    /// A step failed.
    case failedStep(StepID)
    /// A probe could not tell.
    case inconclusive(StepID)
    /// Nobody can tell whether a change happened.
    case inDoubt(StepID)
    /// Somebody changed what a step is about to change.
    case conflict(StepID)
    /// A phase's requirement does not hold.
    case requirement(PhaseID, String)
    /// What earlier steps left is no longer so, and a phase asks for that.
    case drift(PhaseID, String)
    /// The process went without a word, or another took its lease.
    case leaseLost
    /// Nobody said yes in time, or somebody said no.
    case approval(StepID, String)
    /// A watch failed where nothing returns by itself.
    case watch(StepID, String)
    /// A phase took longer than it may.
    case phaseTimedOut(PhaseID)

    /// Word for JSON and status.
    public var word: String {
        switch self {
        case .byOperator: "operator"
        case .failedStep: "failed_step"
        case .inconclusive: "inconclusive"
        case .inDoubt: "in_doubt"
        case .conflict: "conflict"
        case .requirement: "requirement"
        case .drift: "drift"
        case .leaseLost: "lease_lost"
        case .approval: "approval"
        case .watch: "watch"
        case .phaseTimedOut: "timed_out"
        }
    }
}
