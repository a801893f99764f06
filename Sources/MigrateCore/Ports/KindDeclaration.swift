/// What a kind of step says of itself: the one source of validation, pages, schema and policy.
public struct KindDeclaration: Sendable {
    /// Whether a kind looks or changes.
    public enum Role: String, Sendable, Codable {
        case probe
        case action
    }

    /// Name in a runbook: `ecr.repository`.
    public var name: String
    /// Whether it looks or changes.
    public var role: Role
    /// Meaning in one line, no final full stop.
    public var summary: String
    /// Parameters, in the order of the page.
    public var parameters: [ParameterDeclaration]
    /// What may be done when the outcome of a call is unknown.
    public var effect: EffectClass
    /// Parameters of which a step must give one for `effect` to hold; without, it is `non_idempotent`.
    ///
    /// Empty when it holds for every step.
    public var effectRestsOn: [String]
    /// How it is undone when the runbook says nothing.
    public var rollback: RollbackSupport
    /// How the record is made that it is undone from, one line; nil for a kind that changes nothing.
    public var undo: String?
    /// How an unknown outcome is found out, one line; nil for what its effect class says.
    public var reconciliation: String?
    /// Programs it runs; any one of each inner list will do: docker, podman or buildah.
    public var programs: [[NeededProgram]]
    /// IAM permissions it needs.
    public var permissions: [Permission]
    /// What else IAM must allow that no declaration can know, one line; nil when `permissions` is all.
    public var permissionsBeside: String?
    /// Names it can hand to `capture` and to later steps, with their meaning.
    public var facts: [String: String]
    /// Page that it was read from, with the date.
    public var source: String
    /// A step that uses it, in YAML.
    public var example: String
    /// Turns one step into several; nil for a kind that makes one call.
    ///
    /// Takes the parameters as templates (late values still as `${…}`) and returns parts in order.
    /// Throws: `Diagnostics` when the parameters cannot be expanded.
    public var expand: (@Sendable (Value) throws -> [Part])?
    /// Composite that alone may use it; nil for a kind that a step may name.
    ///
    /// Why: what moves traffic by itself leaves nothing that a back-out could bring it home from.
    public var partOf: String?
    /// How it can tell people of a moment of the run; nil when it cannot.
    public var notice: NoticeForm?
    /// Whether a step of it must have a watch that asks one side by `connect_to`.
    public var demandsPinnedWatch: Bool
    /// Whether a step of it must have a watch that does not ask a monitoring system, which may be what is moved.
    public var demandsOutsideWatch: Bool
    /// Whether what it finds was collected by a monitoring system, or is what such a system says of itself.
    public var readsMonitoring: Bool

    /// Makes a declaration.
    public init(
        name: String,
        role: Role,
        summary: String,
        parameters: [ParameterDeclaration],
        effect: EffectClass,
        effectRestsOn: [String] = [],
        rollback: RollbackSupport,
        undo: String? = nil,
        reconciliation: String? = nil,
        programs: [[NeededProgram]] = [],
        permissions: [Permission] = [],
        permissionsBeside: String? = nil,
        facts: [String: String] = [:],
        source: String,
        example: String,
        expand: (@Sendable (Value) throws -> [Part])? = nil,
        partOf: String? = nil,
        notice: NoticeForm? = nil,
        demandsPinnedWatch: Bool = false,
        demandsOutsideWatch: Bool = false,
        readsMonitoring: Bool = false
    ) {
        self.name = name
        self.role = role
        self.summary = summary
        self.parameters = parameters
        self.effect = effect
        self.effectRestsOn = effectRestsOn
        self.rollback = rollback
        self.undo = undo
        self.reconciliation = reconciliation
        self.programs = programs
        self.permissions = permissions
        self.permissionsBeside = permissionsBeside
        self.facts = facts
        self.source = source
        self.example = example
        self.expand = expand
        self.partOf = partOf
        self.notice = notice
        self.demandsPinnedWatch = demandsPinnedWatch
        self.demandsOutsideWatch = demandsOutsideWatch
        self.readsMonitoring = readsMonitoring
    }

    /// What may be done when the outcome of a call of a step with `parameters` is unknown.
    ///
    /// A parameter that is `null`, `false` or empty counts as not given.
    public func effect(with parameters: Value) -> EffectClass {
        guard !effectRestsOn.isEmpty else { return effect }
        let isMet = effectRestsOn.contains { name in
            let value = parameters.object?[name] ?? .null
            return !(value.isNull || value == false || value == [] || value == [:])
        }
        return isMet ? effect : .nonIdempotent
    }

    /// One part of a composite kind.
    public struct Part: Sendable {
        /// What a part does.
        public enum Work: Sendable {
            case probe(kind: String)
            case action(kind: String)
            /// A wait; a duration text, `${…}` allowed. Watches of the composite stay live in it.
            case soak(String)
        }
        /// Last component of its id: `w10`.
        public var name: String
        /// Title for people.
        public var title: LocalizedText
        /// What it does.
        public var work: Work
        /// Its parameters, as templates; `${part.NAME.fact}` means fact of an earlier part of the same composite.
        public var parameters: Value
        /// How long a probe part keeps asking.
        public var retry: RetryPolicy
        /// Its place in moving traffic.
        public var traffic: TrafficRole?
        /// Whether what it finds is reported and holds nothing up.
        public var isAdvisory: Bool
        /// Time allowed, where the runbook does not allow more; nil for the usual one.
        public var timeout: Duration?

        /// Makes a part.
        public init(
            name: String,
            title: LocalizedText,
            work: Work,
            parameters: Value,
            retry: RetryPolicy = .once,
            traffic: TrafficRole? = nil,
            isAdvisory: Bool = false,
            timeout: Duration? = nil
        ) {
            self.name = name
            self.title = title
            self.work = work
            self.parameters = parameters
            self.retry = retry
            self.traffic = traffic
            self.isAdvisory = isAdvisory
            self.timeout = timeout
        }
    }

    /// What a part of a composite has to do with traffic.
    public enum TrafficRole: String, Sendable, Codable {
        /// Changes, ahead of the shift, the same thing that the shift changes.
        case ahead
        /// After it all traffic is still on the old side and can be moved; its after-image is what back-out restores.
        case home
        /// Moves traffic; undone together, in one call, by going back to the after-image of `home`.
        case away
    }
}

/// One parameter of a kind.
public struct ParameterDeclaration: Sendable, Hashable {
    /// What a parameter may hold.
    public indirect enum ValueType: Sendable, Hashable {
        case string
        case integer
        case number
        case boolean
        /// Text like `5m`.
        case duration
        /// Whole number from 0 to 100.
        case percent
        /// jq expression; checked when the runbook is read.
        case expression
        /// One of the texts.
        case choice([String])
        case list(ValueType)
        case mapping
        case any
    }

    /// Name.
    public var name: String
    /// What it may hold.
    public var type: ValueType
    /// Whether it must be given.
    public var isRequired: Bool
    /// Value when it is left out.
    public var defaultValue: Value?
    /// Meaning in one line, unit included.
    public var about: String
    /// Unit of a number: `seconds`; nil for what is counted, and for types that have their own.
    public var unit: String?
    /// A value as a runbook may have it; nil when the kind's own example shows one.
    public var example: Value?

    /// Makes a parameter that must be given.
    public static func required(
        _ name: String,
        _ type: ValueType,
        unit: String? = nil,
        _ about: String
    ) -> ParameterDeclaration {
        ParameterDeclaration(name: name, type: type, isRequired: true, defaultValue: nil, about: about, unit: unit)
    }

    /// Makes a parameter that may be left out.
    public static func optional(
        _ name: String,
        _ type: ValueType,
        default defaultValue: Value? = nil,
        unit: String? = nil,
        example: Value? = nil,
        _ about: String
    ) -> ParameterDeclaration {
        ParameterDeclaration(
            name: name,
            type: type,
            isRequired: false,
            defaultValue: defaultValue,
            about: about,
            unit: unit,
            example: example
        )
    }
}

/// What may be done when the outcome of a call is unknown.
public enum EffectClass: String, Sendable, Codable {
    /// Changes nothing: run again.
    case readOnly = "read_only"
    /// Carries a client token: issue again with the same stored token.
    case token
    /// Ends in the same state however often it runs: run again.
    case convergent
    /// Can be told by looking: adopt, retry, or in doubt.
    case reconcilable
    /// Cannot be told: never repeated by itself.
    case nonIdempotent = "non_idempotent"
}

/// How a kind is undone when the runbook says nothing.
public enum RollbackSupport: String, Sendable, Codable {
    /// From the before-image captured when it ran.
    case captured
    /// Left as it is and listed, since it is evidence or a backup.
    case keep
    /// The kind knows no way back; the runbook must say what to do.
    case none
    /// There is nothing to undo.
    case notNeeded = "not_needed"
}

/// IAM actions that a kind needs.
public struct Permission: Sendable, Hashable, Codable {
    /// Actions: `ecr:CreateRepository`.
    public var actions: [String]
    /// Resource as an ARN with `${parameter}` in it, or `*`.
    public var resource: String
    /// Whether it changes something.
    public var mutates: Bool
    /// Service that a role may be passed to, as in `ecs-tasks.amazonaws.com`; for `iam:PassRole` alone.
    public var passedTo: String?

    /// Makes a permission.
    public init(_ actions: [String], on resource: String, mutates: Bool, passedTo: String? = nil) {
        self.actions = actions
        self.resource = resource
        self.mutates = mutates
        self.passedTo = passedTo
    }
}
