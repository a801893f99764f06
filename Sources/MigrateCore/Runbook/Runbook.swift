/// A runbook as written: format 1, read and well-formed, nothing looked up yet.
///
/// Every part that can be wrong later keeps its place in the file.
public struct Runbook: Sendable, Hashable {
    /// Name; also the stem of the journal's file.
    public var id: String
    /// Title for people.
    public var title: LocalizedText
    /// Values that the operator gives, by name, in the order written.
    public var variables: [VariableDeclaration]
    /// Secrets, never stored, looked up when needed.
    public var secrets: [SecretDeclaration]
    /// Sources of secrets as written, with their places, by name; missing for those that come from no file.
    public var secretSources: [String: SourceValue] = [:]
    /// Approvals that `confirm` steps name.
    public var approvals: [ApprovalPolicy]
    /// Whom it tells of what, in the order written.
    public var notices: [NoticeDeclaration] = []
    /// Phases in order.
    public var phases: [PhaseDeclaration]

    /// Makes a runbook.
    public init(
        id: String,
        title: LocalizedText,
        variables: [VariableDeclaration] = [],
        secrets: [SecretDeclaration] = [],
        approvals: [ApprovalPolicy] = [],
        phases: [PhaseDeclaration] = []
    ) {
        self.id = id
        self.title = title
        self.variables = variables
        self.secrets = secrets
        self.approvals = approvals
        self.phases = phases
    }
}

/// A value that the operator gives, or leaves at its default.
public struct VariableDeclaration: Sendable, Hashable {
    /// Name, as `${name}` uses it.
    public var name: String
    /// Where the name stands.
    public var location: SourceLocation
    /// Whether a run without it is refused.
    public var isRequired: Bool
    /// Value when nothing is given.
    public var defaultValue: SourceValue?
    /// Regular expression (jq's `test`) that a text must match.
    public var pattern: String?
    /// What it is, for people.
    public var about: LocalizedText?

    /// Makes a declaration.
    public init(
        name: String,
        location: SourceLocation,
        isRequired: Bool = false,
        defaultValue: SourceValue? = nil,
        pattern: String? = nil,
        about: LocalizedText? = nil
    ) {
        self.name = name
        self.location = location
        self.isRequired = isRequired
        self.defaultValue = defaultValue
        self.pattern = pattern
        self.about = about
    }
}

/// Where a secret comes from; `${secrets.name}` uses it.
public struct SecretDeclaration: Sendable, Hashable, Codable {
    /// Source of a secret's text.
    public enum Source: Sendable, Hashable, Codable {
        /// Environment variable of the process.
        case environment(variable: String)
        /// Secrets Manager secret; `key` picks a member of its JSON text.
        case secretsManager(id: String, key: String?)
        /// SSM parameter, decrypted.
        case parameter(name: String)
    }
    /// Name.
    public var name: String
    /// Source.
    public var source: Source

    /// Makes a declaration.
    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}

/// Who must say yes, and how.
public struct ApprovalPolicy: Sendable, Hashable, Codable {
    /// Name, as `confirm` uses it.
    public var name: String
    /// How many different people, at least 1.
    public var minimum: Int
    /// Whether the person who started the run does not count.
    public var excludesInitiator: Bool
    /// How long a yes holds, and how long the run waits for one.
    public var expires: Duration
    /// User names or ARNs that count; empty means anybody.
    public var approvers: [String]

    /// Makes a policy.
    public init(
        name: String,
        minimum: Int = 1,
        excludesInitiator: Bool = false,
        expires: Duration = .seconds(3600),
        approvers: [String] = []
    ) {
        self.name = name
        self.minimum = minimum
        self.excludesInitiator = excludesInitiator
        self.expires = expires
        self.approvers = approvers
    }
}

/// A phase as written.
public struct PhaseDeclaration: Sendable, Hashable {
    /// What must hold before the first step of a phase starts.
    public struct Requirement: Sendable, Hashable, Codable {
        /// Whether every pending rollback must be proved ready.
        public var rollbackReady: Bool
        /// How old the latest `verify` of executed steps may be; nil does not ask.
        public var verifiedWithin: Duration?

        /// Makes a requirement.
        public init(rollbackReady: Bool = false, verifiedWithin: Duration? = nil) {
            self.rollbackReady = rollbackReady
            self.verifiedWithin = verifiedWithin
        }
    }
    /// Name.
    public var id: PhaseID
    /// Where it stands.
    public var location: SourceLocation
    /// Title for people.
    public var title: LocalizedText
    /// Time the plan allows for it.
    public var planned: Duration?
    /// Time it may take at most, once begun; nil leaves it open.
    public var timeout: Duration?
    /// What must hold before it starts.
    public var requirement: Requirement
    /// Steps in the order written.
    public var steps: [StepDeclaration]

    /// Makes a phase.
    public init(
        id: PhaseID,
        location: SourceLocation,
        title: LocalizedText,
        planned: Duration? = nil,
        requirement: Requirement = Requirement(),
        steps: [StepDeclaration] = []
    ) {
        self.id = id
        self.location = location
        self.title = title
        self.planned = planned
        self.requirement = requirement
        self.steps = steps
    }
}
