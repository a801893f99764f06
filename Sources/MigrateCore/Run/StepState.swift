/// Where a step is.
///
/// Each case owns what is needed to go on from it, in this process or in the next. What follows what is drawn in
/// `docs/run-states.md`, which a walk through every input is held against.
public enum StepState: Sendable, Hashable {
    /// Nothing has happened.
    case pending
    /// Its `when` is being evaluated.
    case deciding(attempt: Int)
    /// A probe step is asking.
    case probing(attempt: Int)
    /// An action is on its way; `stage` says how far.
    case changing(Attempt, ChangeStage)
    /// The probes beside the step are asking; `isOwned` tells whether this run made what they look at.
    case verifying(attempt: Int, isOwned: Bool)
    /// Waiting with watches until a time.
    case soaking(attempt: Int, until: Timestamp)
    /// Waiting for its change window.
    case waitingWindow(attempt: Int, until: Timestamp)
    /// Waiting for people.
    case waitingApproval(attempt: Int, until: Timestamp)
    /// Waiting for a person to say that something was done.
    case waitingPerson(attempt: Int)
    /// Done, and verified.
    case succeeded
    /// The wanted state held before; nothing was done, so nothing is owned.
    case alreadySatisfied
    /// Left out, for a reason that stays on record.
    case skipped(reason: String)
    /// Over without success.
    case failed(StepFailure)
    /// A change was sent, and nobody can tell whether it happened; `migrate resolve` says so.
    case inDoubt(Attempt, Change, Problem)
    /// Ended before it was over, by a back-out or a rollback.
    case canceled
    /// Being undone; `stage` says how far.
    case rollingBack(Attempt, ChangeStage)
    /// Undone; the world is as it was before the step.
    case rolledBack
    /// Could not be undone.
    case rollbackFailed(Problem)
    /// Not undone, for a reason that stays on record.
    case rollbackSkipped(reason: String)
    /// Not undone on purpose: backup or evidence.
    case kept
}

/// How a step ended without success.
public struct StepFailure: Sendable, Hashable, Codable {
    /// In which way.
    public enum Kind: String, Sendable, Codable {
        /// What was wanted does not hold, or the service refused.
        case failed
        /// It took longer than allowed.
        case timedOut = "timed_out"
        /// Nothing follows from what was seen, or it could not be asked.
        case inconclusive
    }
    /// Way.
    public var kind: Kind
    /// What was seen, for people.
    public var problem: Problem

    /// Makes a failure.
    public init(_ kind: Kind, _ problem: Problem) {
        self.kind = kind
        self.problem = problem
    }
}

extension StepState {
    /// Whether steps that need this one may start.
    public var isPassed: Bool {
        switch self {
        case .succeeded, .alreadySatisfied, .skipped: true
        case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
            .waitingPerson, .failed,
            .inDoubt, .canceled, .rollingBack, .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
            false
        }
    }

    /// Whether something is under way that an effect or a person must end.
    public var isActive: Bool {
        switch self {
        case .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval, .waitingPerson,
            .rollingBack:
            true
        case .pending, .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rolledBack,
            .rollbackFailed, .rollbackSkipped, .kept:
            false
        }
    }

    /// Word of the state in status, JSON and documents.
    public var word: String {
        switch self {
        case .pending: "pending"
        case .deciding: "ready"
        case .probing: "in_progress"
        case .changing(_, let stage): stage == .preparing ? "prechecking" : "in_progress"
        case .verifying: "verifying"
        case .soaking: "soaking"
        case .waitingWindow: "blocked"
        case .waitingApproval, .waitingPerson: "waiting_approval"
        case .succeeded: "succeeded"
        case .alreadySatisfied: "already_satisfied"
        case .skipped: "skipped"
        case .failed(let failure): failure.kind.rawValue
        case .inDoubt: "in_doubt"
        case .canceled: "canceled"
        case .rollingBack: "rolling_back"
        case .rolledBack: "rolled_back"
        case .rollbackFailed: "rollback_failed"
        case .rollbackSkipped: "rollback_skipped"
        case .kept: "kept"
        }
    }
}
