/// Does to the world what the machine decided; the one port between rules and steps.
///
/// Nothing is thrown: whatever happens is an answer that the machine has a rule for. Each function makes the calls of
/// one stage and no more; waiting and repeating belong to the runner. Cancelling the task ends a call promptly.
public protocol StepExecutor: Sendable {
    /// Asks one probe once.
    func probe(_ call: ProbeCall, in scope: StepScope) async -> Finding<ProbeAnswer>

    /// Looks at the world before an action and works out its change; changes nothing.
    func prepare(_ call: ActionCall, in scope: StepScope) async -> Finding<Preparation>

    /// Makes the one mutating call of `change`.
    ///
    /// Rule: called only after the intent is durable. Why: otherwise a crash between the two loses the way back.
    /// A program that makes the change is put on record by `programs` before it begins. Cancelling the task leaves such
    /// a program running, to be waited for by whoever goes on; a limit of time is `programs.allowed`.
    func perform(_ change: Change, in scope: StepScope, programs: ProgramLedger) async -> Finding<PerformOutcome>

    /// Removes what `program` left: its outcome is durable. A problem that it meets is returned, and costs nothing
    /// else.
    func forget(_ program: ChildProgram) async -> Problem?

    /// Asks once whether the outside world has caught up with `change`, whose call was answered with `receipt`;
    /// changes nothing.
    func settle(_ change: Change, receipt: Value, in scope: StepScope) async -> Finding<Settlement>

    /// Looks where `change` got to, its outcome being unknown; changes nothing.
    func reconcile(_ change: Change, in scope: StepScope) async -> Finding<Reconciliation>

    /// Looks before undoing `change`, which left the image `after`, and works out the change back to `target`.
    ///
    /// The target is the before-image in a rollback, the image of traffic at home in a back-out. The change is refused
    /// as a conflict unless what is found is one of `acceptable`.
    func prepareReturn(
        of change: Change,
        acceptable: [Value],
        target: Value,
        in scope: StepScope
    ) async -> Finding<ReturnPreparation>

    /// Facts that `change` would make known if it settled as planned; for forecasts alone.
    func factsAhead(of change: Change, in scope: StepScope) async -> [String: Value]

    /// The call that `change` would make, spelled out; nil where its kind does not. For forecasts alone.
    func call(of change: Change, in scope: StepScope) async -> CallForecast?

    /// Whether jq condition `expression` holds over the facts of `scope`.
    func evaluate(condition expression: String, in scope: StepScope) async -> Finding<Verdict>
}

extension StepExecutor {
    /// Nothing is known ahead.
    public func factsAhead(of change: Change, in scope: StepScope) async -> [String: Value] { [:] }

    /// No call is spelled out.
    public func call(of change: Change, in scope: StepScope) async -> CallForecast? { nil }
}

/// What a stage found, with its evidence.
public struct Finding<Answer: Sendable>: Sendable {
    /// Answer.
    public var answer: Answer
    /// What was seen on the way.
    public var evidence: [Evidence]

    /// Makes a finding.
    public init(_ answer: Answer, evidence: [Evidence] = []) {
        self.answer = answer
        self.evidence = evidence
    }
}

/// What a step may look values up in.
public struct StepScope: Sendable, Hashable {
    /// Step at work.
    public var step: StepID
    /// Facts that earlier steps captured or made, by the name used in `${…}`.
    public var facts: [String: Value]
    /// Where secrets come from.
    public var secrets: [SecretDeclaration]
    /// jq expressions over this step's own facts, by the name to keep them under.
    public var capture: [String: String]
    /// Token for the change that this attempt prepares, stable for the attempt.
    public var token: String
    /// Image that an earlier part of the same shift left; nil when none did.
    ///
    /// Whatever else is found is somebody else's.
    public var left: Value?
    /// Image to look at in place of the world's: what an earlier step of a forecast would leave.
    ///
    /// Nil outside of forecasts.
    public var assumed: Value?
    /// Whether the step goes forward, and what was found before its change is what it will be undone from.
    public var isUndoneFromRecord = false

    /// Makes a scope.
    public init(
        step: StepID,
        facts: [String: Value] = [:],
        secrets: [SecretDeclaration] = [],
        capture: [String: String] = [:],
        token: String = ""
    ) {
        self.step = step
        self.facts = facts
        self.secrets = secrets
        self.capture = capture
        self.token = token
    }
}

/// Answer of a probe.
public struct ProbeAnswer: Sendable, Hashable {
    /// Judgement.
    public var verdict: Verdict
    /// Facts for `capture` and later steps, captures applied.
    public var captures: [String: Value]
    /// Whether the answer stands whatever is tried next; ends a wait early.
    public var isFinal: Bool

    /// Makes an answer.
    public init(_ verdict: Verdict, captures: [String: Value] = [:], isFinal: Bool = false) {
        self.verdict = verdict
        self.captures = captures
        self.isFinal = isFinal
    }
}

/// What looking before an action led to.
public enum Preparation: Sendable, Hashable {
    /// The wanted state holds; nothing will be done and nothing is owned.
    case alreadySatisfied(String, captures: [String: Value])
    /// This change is to be made.
    case change(Change)
    /// The world forbids it: somebody else's thing in the way, a refusal that another try cannot change.
    case refused(Problem)
    /// Somebody else changed it since an earlier part of this shift did.
    case conflict(expected: Value, found: Value)
    /// The world could not be asked.
    case unknown(Problem)
}

/// What came of the one mutating call.
public enum PerformOutcome: Sendable, Hashable {
    /// The service said yes; `receipt` is what settling and undoing need (ids the service made).
    case applied(receipt: Value)
    /// The service certainly did nothing; `isTransient` tells whether another try may help.
    case notApplied(Problem, isTransient: Bool)
    /// Bytes left and no answer came, or the answer says nothing.
    case unknown(Problem)
    /// Nobody knows what was done, and looking would not tell; a person has to.
    case unclear(Problem)
    /// The program of an earlier process never began its work; the change is as good as not intended.
    case notBegun
}

/// Whether the outside world has caught up.
public enum Settlement: Sendable, Hashable {
    /// It has; `after` is the image found, `captures` the facts to keep.
    case settled(after: Value, captures: [String: Value])
    /// Not yet; one line says how far it is.
    case pending(String)
    /// It will not; why.
    case failed(Problem)
    /// It did, and somebody else changed it since.
    case conflict(found: Value)
    /// It could not be asked.
    case unknown(Problem)
}

/// Where a change of unknown outcome got to.
public enum Reconciliation: Sendable, Hashable {
    /// The world shows the after-image; `receipt` as the call itself would have given it.
    case applied(receipt: Value)
    /// The world still shows the before-image.
    case notApplied
    /// Nothing shows it, and making it once more does no harm.
    case repeatable
    /// The world shows neither.
    case unclear(Problem, found: Value)
    /// It could not be asked.
    case unknown(Problem)
}

/// What looking before a return led to.
public enum ReturnPreparation: Sendable, Hashable {
    /// The target already holds.
    case alreadyThere(String)
    /// This change goes back.
    case change(Change)
    /// Somebody changed the thing since; nothing is touched. `byHand` is the command that brings traffic home from there;
    /// nil where no traffic was moved.
    case conflict(expected: Value, found: Value, byHand: String? = nil)
    /// It could not be asked.
    case unknown(Problem)
}
