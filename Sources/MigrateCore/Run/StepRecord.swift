/// What is known of one step of a run.
public struct StepRecord: Sendable, Hashable {
    /// Where it is.
    public var state: StepState = .pending
    /// Tries begun, by direction.
    public var attempts: [Attempt.Direction: Int] = [:]
    /// Place in the order of first starts, from 1; nil when never started.
    ///
    /// Rollback goes through it backwards.
    public var startOrder: Int?
    /// When it first started.
    public var startedAt: Timestamp?
    /// When it last came to rest.
    public var endedAt: Timestamp?
    /// What this run did to the world and may undo; nil when it did nothing.
    public var owned: OwnedChange?
    /// What it had done before its newest try; nil when that was the first.
    var ownedBefore: OwnedChange?
    /// Facts it made known.
    public var captures: [String: Value] = [:]
    /// Latest line about it, for people.
    public var note: String?
    /// How often the service refused since the step last started.
    public var refusals = 0
    /// Who said yes, for a step that waits for approval.
    public var approvals: [Approval] = []
    /// What they were asked to say yes to; nil while that is being worked out.
    public var subject: ApprovalSubject?
    /// Whether a return ended it before it was over, so that a change that it has made is not to be made again.
    public var isCutShort = false
    /// Number of the event of its newest change; nil when it has made none.
    public var newestChange: Int?
    /// Whether what the step is about was taken as found: by a person who left it, or since it was what is wanted.
    public var isTakenAsFound = false
    /// How the world has come to differ from what the step left; nil while it does not, as far as was looked.
    public var drift: Problem?

    /// Makes a record of a step that nothing happened to.
    public init() {}

    /// Word of the state in status, JSON and documents.
    public var word: String { drift != nil && state.isPassed ? Self.driftedWord : state.word }

    private static let driftedWord = "drifted"

    /// All words that there are.
    public static let words: Set<String> = [
        "pending", "blocked", "ready", "prechecking", "in_progress", "verifying", "soaking", "waiting_approval",
        "already_satisfied", "succeeded", "skipped", "failed", "timed_out", "inconclusive", "in_doubt", "canceled",
        driftedWord, "rolling_back", "rolled_back", "rollback_failed", "rollback_skipped", "kept",
    ]
}

/// A change that this run made, or may have made.
public struct OwnedChange: Sendable, Hashable {
    /// Change as last intended.
    public var change: Change
    /// Image found before the first attempt: what a rollback restores.
    public var before: Value
    /// Image found once the change had settled; nil while that is not known.
    public var after: Value?
    /// What the service answered; null when it is not known.
    public var receipt: Value
    /// Whether the change was certainly made, though the world may not have caught up with it.
    public var isMade = false
}

/// One yes of one person.
public struct Approval: Sendable, Hashable, Codable {
    /// Who, as the operating system or AWS names them.
    public var by: String
    /// When.
    public var at: Timestamp
    /// What they said.
    public var comment: String?
    /// Digest of what they said it to; nil in journals of releases that had none.
    public var digest: String?
    /// Principal that their credentials name, as AWS says; kept as evidence, since a session's name is self-chosen.
    public var principal: String?

    /// Makes an approval.
    public init(
        by: String,
        at: Timestamp,
        comment: String? = nil,
        digest: String? = nil,
        principal: String? = nil
    ) {
        self.by = by
        self.at = at
        self.comment = comment
        self.digest = digest
        self.principal = principal
    }
}
