/// A runbook with its variables filled in, loops unrolled and composites expanded: what a run carries out.
///
/// It is pinned in the journal; a run never looks at the file again. Facts that only the run learns stay as `${…}`.
public struct Plan: Sendable, Hashable, Codable {
    /// Runbook's name.
    public var runbook: String
    /// Environment's name.
    public var environment: String
    /// Runbook's title.
    public var title: LocalizedText
    /// Phases in order.
    public var phases: [PlanPhase]
    /// Steps of all phases, in order.
    public var steps: [PlanStep]
    /// Approvals by name.
    public var approvals: [ApprovalPolicy]
    /// Secrets that `${secrets.name}` may name; never their text.
    public var secrets: [SecretDeclaration]
    /// Variables as resolved, loops left out.
    public var variables: [String: Value]
    /// Whom it tells of what; nil when nobody is told.
    public var notices: [PlanNotice]?

    /// Makes a plan.
    public init(
        runbook: String,
        environment: String,
        title: LocalizedText,
        phases: [PlanPhase],
        steps: [PlanStep],
        approvals: [ApprovalPolicy] = [],
        secrets: [SecretDeclaration] = [],
        variables: [String: Value] = [:]
    ) {
        self.runbook = runbook
        self.environment = environment
        self.title = title
        self.phases = phases
        self.steps = steps
        self.approvals = approvals
        self.secrets = secrets
        self.variables = variables
    }

    /// Steps of `phase`, in order.
    public func steps(of phase: PhaseID) -> [PlanStep] { steps.filter { $0.phase == phase } }

    /// Step, loop or composite that people mean by `name`, which may have its phase before it, as in `phase-1/step`.
    ///
    /// Throws: `RunRefusal.unknownStep` when there is none.
    public func step(meantBy name: String) throws(RunRefusal) -> StepID {
        let id = StepID(name)
        if steps.contains(where: { id.covers($0.id) }) { return id }
        if let target = target(name) { return target.step }
        throw unknownStep(name)
    }

    /// What `PHASE/STEP` names; nil when there is no such phase, or no such step, loop or composite in it.
    public func target(_ name: String) -> (phase: PhaseID, step: StepID)? {
        for phase in phases where name.hasPrefix("\(phase.id)/") {
            let step = StepID(String(name.dropFirst(phase.id.rawValue.count + 1)))
            if steps.contains(where: { $0.phase == phase.id && step.covers($0.id) }) { return (phase.id, step) }
        }
        return nil
    }

    /// The refusal of a name that is none of a step, with what is near.
    func unknownStep(_ name: String) -> RunRefusal {
        .unknownStep(name, suggestion: Spelling.suggestion(for: name, among: steps.map(\.id.rawValue)))
    }
}

/// A phase of a plan.
public struct PlanPhase: Sendable, Hashable, Codable {
    /// Name.
    public var id: PhaseID
    /// Title for people.
    public var title: LocalizedText
    /// Time the plan allows for it.
    public var planned: Duration?
    /// Time it may take at most in one session; nil leaves it open.
    public var timeout: Duration?
    /// What must hold before it starts.
    public var requirement: PhaseDeclaration.Requirement

    /// Makes a phase.
    public init(
        id: PhaseID,
        title: LocalizedText,
        planned: Duration? = nil,
        requirement: PhaseDeclaration.Requirement = .init(),
        timeout: Duration? = nil
    ) {
        self.id = id
        self.title = title
        self.planned = planned
        self.timeout = timeout
        self.requirement = requirement
    }
}
