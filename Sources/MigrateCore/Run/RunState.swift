/// A run: what its events add up to.
///
/// `apply` is the only way it changes.
public struct RunState: Sendable {
    /// What the run carries out, and who began it.
    public let header: RunHeader
    /// Records of the plan's steps, in its order.
    public internal(set) var records: [StepRecord]
    /// Process at work; nil between sessions.
    public internal(set) var session: Session?
    /// How the last session ended; nil while one is open and before the first.
    public internal(set) var lastEnd: SessionEnd?
    /// Largest number that waits of this run were divided by; above 1 it was, or is, a rehearsal.
    public internal(set) var timeScale = 1
    /// Number of events applied.
    public internal(set) var sequence = 0
    /// When the last of them was decided.
    public internal(set) var changedAt: Timestamp?
    /// Facts for `${…}`: captured names, and `steps` by declared id.
    public internal(set) var facts: [String: Value] = [:]
    /// Steps with something under way, by index.
    public internal(set) var active: Set<Int> = []
    /// Traffic on its way home.
    public internal(set) var backOut: BackOut?
    /// Phases whose requirement holds in this session.
    public internal(set) var gatesPassed: Set<PhaseID> = []
    /// Why nothing new is started, before the session ends for it.
    public internal(set) var halting: SessionEnd?
    /// Steps started since the session began, for stopping after each.
    public internal(set) var startsInSession = 0
    /// Phases whose end is on record.
    public internal(set) var phasesEnded: Set<PhaseID> = []
    /// Largest id of a request that was taken or refused.
    public internal(set) var lastRequest = 0

    let indexes: [StepID: Int]
    let phaseRanges: [PhaseID: Range<Int>]
    private var starts = 0
    private var endBefore: SessionEnd?

    /// Traffic on its way home, for each composite that moved it.
    public struct BackOut: Sendable, Hashable {
        /// Why.
        public var reason: String
        /// Who asked; nil when a watch did.
        public var by: String?
        /// Anchors still to be brought home, by index.
        public var queue: [Int]
        /// Anchor at work.
        public var working: Working?

        /// One anchor on its way.
        public struct Working: Sendable, Hashable {
            /// Attempt.
            public var attempt: Attempt
            /// How far.
            public var stage: ChangeStage
        }
    }

    /// Makes the run before its first event.
    public init(header: RunHeader) {
        self.header = header
        records = Array(repeating: StepRecord(), count: header.plan.steps.count)
        indexes = Dictionary(
            header.plan.steps.enumerated().map { ($1.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var ranges: [PhaseID: Range<Int>] = [:]
        for (index, step) in header.plan.steps.enumerated() {
            ranges[step.phase] = (ranges[step.phase]?.lowerBound ?? index)..<(index + 1)
        }
        phaseRanges = ranges
        // Why: a phase may be empty on paper only; the planner refuses it, a journal from elsewhere may not.
        for phase in header.plan.phases where phaseRanges[phase.id] == nil { phasesEnded.insert(phase.id) }
    }

    /// Makes the run that `entries` add up to.
    public static func replay(_ header: RunHeader, entries: some Sequence<JournalEntry>) -> RunState {
        var state = RunState(header: header)
        for entry in entries { state.apply(entry) }
        return state
    }

    /// Plan being carried out.
    public var plan: Plan { header.plan }

    /// Record of the step `id`; nil for a step that is not in the plan.
    public func record(of id: StepID) -> StepRecord? { indexes[id].map { records[$0] } }

    /// Step `id` of the plan.
    public func step(_ id: StepID) -> PlanStep? { indexes[id].map { plan.steps[$0] } }

    /// Whether every step of `phase` is passed.
    public func isPassed(_ phase: PhaseID) -> Bool {
        phaseRanges[phase]?.allSatisfy { records[$0].state.isPassed } ?? true
    }

    /// Parts of the composite `id` that move traffic, and its anchor, by index.
    func trafficParts(of composite: StepID) -> (anchor: Int?, away: [Int]) {
        var anchor: Int?
        var away: [Int] = []
        for (index, step) in plan.steps.enumerated() where step.composite == composite {
            switch step.traffic {
            case .home: anchor = index
            case .away: away.append(index)
            case nil: break
            }
        }
        return (anchor, away)
    }
}

extension RunState {
    /// Takes in one event.
    ///
    /// Rule: total and without judgement; what is wrong was refused before it was written. Why: replay must end in the
    /// same state whatever version wrote the journal.
    public mutating func apply(_ entry: JournalEntry) {
        sequence = entry.sequence
        changedAt = entry.at
        switch entry.event {
        case .run(let fact): apply(fact)
        case .step(let id, let fact):
            if let index = indexes[id] { apply(fact, to: index, at: entry.at) }
        case .change(let attempt, let fact):
            if let index = indexes[attempt.step] { apply(fact, of: attempt, at: index, on: entry.at) }
        }
    }

    private mutating func apply(_ fact: RunFact) {
        switch fact {
        case .sessionStarted(let session):
            self.session = session
            timeScale = max(timeScale, session.timeScale)
            endBefore = lastEnd
            lastEnd = nil
            halting = nil
            startsInSession = 0
            gatesPassed = []
        case .sessionEnded(let end):
            session = nil
            lastEnd = end == .answered ? endBefore : end
            halting = nil
        case .backOutEnded: backOut = nil
        case .halted(let reason): halt(reason)
        case .requirementChecked(let phase, let problem):
            if let problem {
                halting = .paused(.requirement(phase, problem))
            } else {
                gatesPassed.insert(phase)
            }
        case .phaseEnded(let phase): phasesEnded.insert(phase)
        case .requestTaken(let request):
            lastRequest = max(lastRequest, request.id)
            if case .pause = request.act { halting = .paused(.byOperator(request.by)) }
        case .requestRefused(let request, _): lastRequest = max(lastRequest, request.id)
        case .backOutStarted(let reason, let by):
            let anchors = plan.steps.indices.filter { isTrafficAway(anchor: $0) }
            backOut = BackOut(reason: reason, by: by, queue: anchors)
        }
    }

    /// Whether the composite of the anchor at `index` has moved traffic, or may have.
    func isTrafficAway(anchor index: Int) -> Bool {
        guard plan.steps[index].traffic == .home, let composite = plan.steps[index].composite,
            records[index].owned != nil
        else { return false }
        return trafficParts(of: composite).away.contains { records[$0].owned != nil }
    }

    mutating func set(_ state: StepState, at index: Int, on time: Timestamp) {
        records[index].state = state
        if state.isActive {
            active.insert(index)
        } else {
            active.remove(index)
            if state != .pending { records[index].endedAt = time }
        }
    }

    private mutating func apply(_ fact: StepFact, to index: Int, at time: Timestamp) {
        let attempt = forwardAttempts(index)
        switch fact {
        case .started(let attempt): start(index, attempt: attempt, at: time)
        case .conditionHeld: begin(index, attempt: attempt, at: time)
        case .skipped(let reason, _): rest(.skipped(reason: reason), note: reason, at: index, on: time)
        case .probed(let summary, let captures):
            passProbe(index, summary: summary, captures: captures, at: time)
        case .foundSatisfied(let summary, let captures):
            findSatisfied(index, summary: summary, captures: captures, at: time)
        case .soakStarted(let until): set(.soaking(attempt: attempt, until: until), at: index, on: time)
        case .approvalAsked(let until):
            records[index].approvals = []
            set(.waitingApproval(attempt: attempt, until: until), at: index, on: time)
        case .approvalGiven(let approval): records[index].approvals.append(approval)
        case .personAsked: set(.waitingPerson(attempt: attempt), at: index, on: time)
        case .succeeded: succeed(index, at: time)
        case .failed(let failure):
            rest(.failed(failure), note: failure.problem.message, at: index, on: time)
            let id = plan.steps[index].id
            halt(.paused(failure.kind == .inconclusive ? .inconclusive(id) : .failedStep(id)))
        case .stalled(let problem):
            records[index].note = problem.message
            halt(.paused(.inconclusive(plan.steps[index].id)))
        case .reset:
            records[index].endedAt = nil
            set(.pending, at: index, on: time)
            phasesEnded.remove(plan.steps[index].phase)
        case .canceled: set(.canceled, at: index, on: time)
        case .rollbackSkipped(let reason, _): rest(.rollbackSkipped(reason: reason), note: reason, at: index, on: time)
        case .kept: set(.kept, at: index, on: time)
        }
    }

    private mutating func rest(_ state: StepState, note: String, at index: Int, on time: Timestamp) {
        records[index].note = note
        set(state, at: index, on: time)
    }

    /// Stops starting steps; the first reason stands.
    mutating func halt(_ reason: SessionEnd) { halting = halting ?? reason }

    func forwardAttempts(_ index: Int) -> Int { records[index].attempts[.forward] ?? 0 }

    private mutating func start(_ index: Int, attempt: Int, at time: Timestamp) {
        starts += 1
        startsInSession += 1
        records[index].attempts[.forward] = attempt
        records[index].startOrder = records[index].startOrder ?? starts
        records[index].startedAt = records[index].startedAt ?? time
        records[index].note = nil
        records[index].refusals = 0
        if plan.steps[index].when != nil {
            set(.deciding(attempt: attempt), at: index, on: time)
        } else {
            begin(index, attempt: attempt, at: time)
        }
    }

    private mutating func begin(_ index: Int, attempt: Int, at time: Timestamp) {
        let step = plan.steps[index]
        switch step.work {
        case .probe: set(.probing(attempt: attempt), at: index, on: time)
        case .action:
            set(
                .changing(Attempt(step: step.id, direction: .forward, number: attempt), .preparing),
                at: index,
                on: time
            )
        // Why nothing for these: the event that says until when follows in the same transaction.
        case .confirm, .manual, .soak: set(.deciding(attempt: attempt), at: index, on: time)
        }
    }

    private mutating func passProbe(_ index: Int, summary: String, captures: [String: Value], at time: Timestamp) {
        records[index].note = summary
        learn(captures, at: index)
        if !plan.steps[index].verify.isEmpty {
            set(.verifying(attempt: forwardAttempts(index), isOwned: false), at: index, on: time)
        }
    }

    private mutating func findSatisfied(_ index: Int, summary: String, captures: [String: Value], at time: Timestamp) {
        records[index].note = summary
        learn(captures, at: index)
        // Why owned counts: a retry after a failed verify finds our own work in place, and must not disown it.
        let isOwned = records[index].owned != nil
        if !plan.steps[index].verify.isEmpty {
            set(.verifying(attempt: forwardAttempts(index), isOwned: isOwned), at: index, on: time)
        } else {
            set(isOwned ? .succeeded : .alreadySatisfied, at: index, on: time)
        }
    }

    private mutating func succeed(_ index: Int, at time: Timestamp) {
        if case .verifying(_, let isOwned) = records[index].state, !isOwned, case .action = plan.steps[index].work {
            set(.alreadySatisfied, at: index, on: time)
        } else {
            set(.succeeded, at: index, on: time)
        }
    }

    /// Keeps what a step made known: under `steps`, and by name where the runbook captures it.
    mutating func learn(_ captures: [String: Value], at index: Int) {
        guard !captures.isEmpty else { return }
        records[index].captures.merge(captures) { $1 }
        let step = plan.steps[index]
        for name in step.capture.keys { facts[name] = captures[name] ?? facts[name] }
        facts["steps"] = StepFacts.adding(captures, of: step.id, to: facts["steps"] ?? .object([:]))
    }
}
