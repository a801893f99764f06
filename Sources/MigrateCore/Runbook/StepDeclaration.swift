/// A step as written.
public struct StepDeclaration: Sendable, Hashable {
    /// What a step does.
    public enum Work: Sendable, Hashable {
        /// Looks and judges; changes nothing.
        case probe(kind: String)
        /// Changes the world.
        case action(kind: String)
        /// Waits for people to say yes.
        case confirm(approval: String)
        /// Waits for a person to do something and say so.
        case manual(text: LocalizedText)
        /// Waits, with watches.
        case soak(Template)
    }

    /// A text with `${…}` in it, and its place.
    public typealias Template = SourceValue

    /// A probe beside a step: in `verify` or `watch`.
    public struct ProbeCall: Sendable, Hashable {
        /// Kind.
        public var kind: String
        /// Where the kind stands.
        public var location: SourceLocation
        /// Parameters, as templates.
        public var parameters: SourceValue
        /// Whether a failure only warns.
        public var isAdvisory: Bool
        /// How long to keep asking.
        public var retry: RetryPolicy?

        /// Makes a call.
        public init(
            kind: String,
            location: SourceLocation,
            parameters: SourceValue,
            isAdvisory: Bool = false,
            retry: RetryPolicy? = nil
        ) {
            self.kind = kind
            self.location = location
            self.parameters = parameters
            self.isAdvisory = isAdvisory
            self.retry = retry
        }
    }

    /// How a step is undone.
    public enum Rollback: Sendable, Hashable {
        /// From what was captured when it ran; the kind must be able to.
        case captured
        /// Not undone, and listed as kept.
        case keep
        /// Has no way back; the reason is shown wherever that matters.
        case none(reason: String)
        /// By another action given here.
        case action(kind: String, parameters: SourceValue, location: SourceLocation)
    }

    /// Id as written.
    public var id: String
    /// Where the id stands.
    public var location: SourceLocation
    /// Title for people, as a template.
    public var title: LocalizedText
    /// Why the step exists, for people, as a template.
    public var why: LocalizedText?
    /// Title, `why` and the text of `manual` with their places, by key; missing for those that come from no file.
    public var wording: [String: SourceValue]
    /// What it does.
    public var work: Work
    /// Where the kind (or `confirm`, `manual`, `soak`) stands.
    public var workLocation: SourceLocation
    /// Parameters, as templates; an empty mapping when there are none.
    public var parameters: SourceValue
    /// Name of the loop variable and the list, as a template.
    public var forEach: ForEach?
    /// Steps to wait for; nil means the step before, in the same phase.
    public var needs: [Reference]?
    /// jq condition; false skips the step.
    public var when: Expression?
    /// Probes that must pass after the work.
    public var verify: [ProbeCall]
    /// Probes asked again and again while the step waits.
    public var watch: [ProbeCall]
    /// How it is undone; nil takes the kind's own way.
    public var rollback: Rollback?
    /// Time allowed; nil takes the default.
    public var timeout: Duration?
    /// How often to try; nil takes the default.
    public var retry: RetryPolicy?
    /// What a failure leads to; nil takes the default.
    public var onFailure: FailureReaction?
    /// Whether coming back is lossy once this has run.
    public var isPointOfNoReturn: Bool
    /// What coming back from here would cost, for people; templates allowed.
    public var returnCost: LocalizedText?
    /// Probes whose answers say how much it is by now.
    public var returnCostProbes: [ProbeCall] = []
    /// Change window, as written.
    public var window: String?
    /// Place of the change window.
    public var windowLocation: SourceLocation?
    /// Facts to keep for later steps: name and jq expression over the step's facts.
    public var capture: [String: Expression]

    /// A loop: `for_each: {component: "${components}"}`.
    public struct ForEach: Sendable, Hashable {
        /// Loop variable.
        public var name: String
        /// List, as a template.
        public var list: SourceValue
        /// Makes a loop.
        public init(name: String, list: SourceValue) {
            self.name = name
            self.list = list
        }
    }

    /// A step named by another.
    public struct Reference: Sendable, Hashable {
        /// Id as written.
        public var id: String
        /// Where it stands.
        public var location: SourceLocation
        /// Makes a reference.
        public init(id: String, location: SourceLocation) {
            self.id = id
            self.location = location
        }
    }

    /// Makes a step with everything optional left out.
    public init(
        id: String,
        location: SourceLocation,
        title: LocalizedText,
        work: Work,
        workLocation: SourceLocation,
        parameters: SourceValue
    ) {
        self.id = id
        self.location = location
        self.title = title
        self.work = work
        self.workLocation = workLocation
        self.parameters = parameters
        wording = [:]
        verify = []
        watch = []
        isPointOfNoReturn = false
        capture = [:]
    }
}

/// A jq expression and its place.
public struct Expression: Sendable, Hashable {
    /// jq text.
    public var text: String
    /// Where it stands; nil when it comes from no file.
    public var location: SourceLocation?
    /// Makes an expression.
    public init(_ text: String, at location: SourceLocation?) {
        self.text = text
        self.location = location
    }
}

/// What the failure of a step or of a watch leads to.
public enum FailureReaction: String, Sendable, Hashable, Codable {
    /// The run pauses and waits for a person.
    case pause
    /// Traffic goes home at once, then the run pauses.
    case backOut = "back_out"
    /// The failure is noted and the run goes on; only for advisory probes.
    case `continue`
}
