/// One step of a plan: at most one change of the world.
public struct PlanStep: Sendable, Hashable, Codable {
    /// What it does.
    public enum Work: Sendable, Hashable, Codable {
        /// Looks and judges.
        case probe(ProbeCall)
        /// Changes the world by one call.
        case action(ActionCall)
        /// Waits for the approval of this name.
        case confirm(approval: String)
        /// Waits for a person to do something.
        case manual(text: LocalizedText)
        /// Waits; a duration text, which may hold `${…}`.
        case soak(String)
    }

    /// Id, unique in the plan.
    public var id: StepID
    /// Phase it belongs to.
    public var phase: PhaseID
    /// Title for people.
    public var title: LocalizedText
    /// Why it exists.
    public var why: LocalizedText?
    /// What it does.
    public var work: Work
    /// Steps that must be over before it starts; all of them earlier in the plan.
    public var needs: [StepID]
    /// jq condition over the captured facts; false skips the step.
    public var when: String?
    /// Probes that must pass after the work.
    public var verify: [ProbeCall]
    /// Probes asked while it waits or soaks.
    public var watch: [ProbeCall]
    /// How it is undone.
    public var rollback: RollbackPlan
    /// Time allowed for the work.
    public var timeout: Duration
    /// How often the work is tried.
    public var retry: RetryPolicy
    /// What a failure leads to.
    public var onFailure: FailureReaction
    /// Whether coming back is lossy once it has run.
    public var isPointOfNoReturn: Bool
    /// What coming back from here would cost, for people.
    public var returnCost: LocalizedText?
    /// Probes whose answers say how much it is by now; nil in plans of releases that had none.
    public var returnCostProbes: [ProbeCall]?
    /// Change window, as written.
    public var window: String?
    /// Facts to keep: name and jq expression.
    public var capture: [String: String]
    /// Composite that this is a part of.
    public var composite: StepID?
    /// Its place in moving traffic.
    public var traffic: KindDeclaration.TrafficRole?
    /// Whether it is where traffic is shared out, not only ahead of it.
    public var isInShift: Bool { traffic == .home || traffic == .away }

    /// Makes a step; everything not named takes its plainest value.
    public init(
        id: StepID,
        phase: PhaseID,
        title: LocalizedText,
        work: Work,
        needs: [StepID] = [],
        rollback: RollbackPlan = .notNeeded,
        timeout: Duration = .seconds(600),
        retry: RetryPolicy = .once,
        onFailure: FailureReaction = .pause
    ) {
        self.id = id
        self.phase = phase
        self.title = title
        self.work = work
        self.needs = needs
        verify = []
        watch = []
        self.rollback = rollback
        self.timeout = timeout
        self.retry = retry
        self.onFailure = onFailure
        isPointOfNoReturn = false
        capture = [:]
    }
}

/// A probe with its parameters.
public struct ProbeCall: Sendable, Hashable, Codable {
    /// Kind.
    public var kind: String
    /// Parameters, as templates.
    public var parameters: Value
    /// How long to keep asking.
    public var retry: RetryPolicy
    /// Whether a failure only warns.
    public var isAdvisory: Bool

    /// Makes a call.
    public init(kind: String, parameters: Value, retry: RetryPolicy = .once, isAdvisory: Bool = false) {
        self.kind = kind
        self.parameters = parameters
        self.retry = retry
        self.isAdvisory = isAdvisory
    }
}

/// An action with its parameters.
public struct ActionCall: Sendable, Hashable, Codable {
    /// Kind.
    public var kind: String
    /// Parameters, as templates.
    public var parameters: Value
    /// What may be done when the outcome of its call is unknown.
    public var effect: EffectClass

    /// Makes a call.
    public init(kind: String, parameters: Value, effect: EffectClass) {
        self.kind = kind
        self.parameters = parameters
        self.effect = effect
    }
}

/// How a step of a plan is undone.
public enum RollbackPlan: Sendable, Hashable, Codable {
    /// Nothing to undo.
    case notNeeded
    /// Back to the before-image captured when it ran.
    case captured
    /// Left as it is, and listed.
    case keep
    /// No way back, for this reason.
    case none(reason: String)
    /// By this action.
    case action(ActionCall)

    /// Whether a rollback changes the world by it; what is kept, only with `includeKept`.
    func undoes(includeKept: Bool) -> Bool {
        switch self {
        case .captured, .action: true
        case .keep: includeKept
        case .notNeeded, .none: false
        }
    }
}
