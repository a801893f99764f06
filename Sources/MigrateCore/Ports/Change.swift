/// One change of the world, fixed before it is made: forward, back or home alike.
///
/// `from` and `to` are images: the attributes that the kind owns, `null` when the thing does not exist. Going back is
/// the same change with the images exchanged, which is why every rollback is as exact as what was captured.
public struct Change: Sendable, Hashable, Codable {
    /// Kind that makes it.
    public var kind: String
    /// Parameters, all values filled in; secrets stay as `${secrets.name}`.
    public var parameters: Value
    /// Image that must be found just before.
    public var from: Value
    /// Image that must be found after.
    public var to: Value
    /// Token that makes a repeat harmless, where the service takes one.
    public var token: String
    /// What may be done when the outcome is unknown.
    public var effect: EffectClass
    /// What it does, one line: `create repository lgtm/mimir`.
    public var summary: String
    /// Whether a program makes it, so that with none on record it was certainly not begun.
    ///
    /// Nil for a call, and in journals of releases that put no programs on record.
    public var startsProgram: Bool?

    /// Makes a change.
    public init(
        kind: String,
        parameters: Value,
        from: Value,
        to: Value,
        token: String,
        effect: EffectClass,
        summary: String
    ) {
        self.kind = kind
        self.parameters = parameters
        self.from = from
        self.to = to
        self.token = token
        self.effect = effect
        self.summary = summary
    }
}

/// What was seen or said when something was asked or done; kept beside the journal for people.
public struct Evidence: Sendable, Hashable, Codable {
    /// Name of the fact that says in words what would be lost if the thing looked at went now.
    public static let atRisk = "at_risk"

    /// What was done, one line: `GET https://grafana…/api/health`.
    public var subject: String
    /// What came of it, one line: `200, database ok`.
    public var summary: String
    /// What was found, cut to a limit, secrets never in it.
    public var facts: Value
    /// Request ids of the services asked.
    public var requestIDs: [String]
    /// When it began.
    public var at: Timestamp
    /// How long it took.
    public var took: Duration

    /// Makes evidence.
    public init(
        subject: String,
        summary: String,
        facts: Value = .null,
        requestIDs: [String] = [],
        at: Timestamp,
        took: Duration = .zero
    ) {
        self.subject = subject
        self.summary = summary
        self.facts = facts
        self.requestIDs = requestIDs
        self.at = at
        self.took = took
    }
}
