/// A run: what its events add up to.
///
/// `apply` is the only way it changes.
public struct RunState: Sendable {
    /// What the run carries out, and who began it.
    public internal(set) var header: RunHeader
    /// Records of the plan's steps, in its order.
    public internal(set) var records: StepRecords
    /// Process at work; nil between sessions.
    public internal(set) var session: Session?
    /// How the last session ended; nil while one is open and before the first.
    public internal(set) var lastEnd: SessionEnd?
    /// Largest number that waits of this run were divided by; above 1 it was, or is, a rehearsal.
    public internal(set) var timeScale = 1
    /// What it has told people, is telling them and could not tell.
    public internal(set) var notices = NoticeBook()
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
    /// What the latest check of each phase's requirement in this session found.
    public internal(set) var gates: [PhaseID: Gate] = [:]
    /// Problems of phases that a person accepted, as they were worded.
    public internal(set) var acceptedProblems: [PhaseID: String] = [:]
    /// When the first step of each phase started in this session.
    public internal(set) var phasesBegun: [PhaseID: Timestamp] = [:]
    /// When the change window closes that a composite was begun in.
    public internal(set) var windowEnds: [StepID: Timestamp] = [:]
    /// Anchors whose traffic could not be brought home, by index: nobody can say where it is.
    public internal(set) var unsureTraffic: Set<Int> = []
    /// Why nothing new is started, before the session ends for it.
    public internal(set) var halting: SessionEnd?
    /// Steps that cannot get on in this session, by index; the next goes on from where they are.
    public internal(set) var stalled: Set<Int> = []
    /// Whether a halted session may end although traffic is away and watched.
    public internal(set) var isReleased = false
    /// Whether the run was given up for good; what it owns can still be undone.
    public internal(set) var isCanceled = false
    /// Steps started since the session began, for stopping after each.
    public internal(set) var startsInSession = 0
    /// Phases whose end is on record.
    public internal(set) var phasesEnded: Set<PhaseID> = []
    /// Largest id of a request that was taken or refused.
    public internal(set) var lastRequest = 0

    /// Version of the tool that wrote it last.
    public internal(set) var toolVersion: String

    /// Number of the definition that it carries out; the one that it began with is 1.
    public internal(set) var revision = 1

    var places: PlanIndex
    var starts = 0
    var endBefore: SessionEnd?

    /// What the latest rollback was asked to undo; nil before the first.
    public internal(set) var lastRollback: LastRollback?

    /// A rollback as it was asked for, so that it can be gone on with.
    public struct LastRollback: Sendable, Hashable {
        /// Steps, in the order of undoing.
        public var steps: [StepID]
        /// Whether kept things were to be undone too.
        public var includesKept: Bool
    }

    /// What checking a phase's requirement found.
    public struct Gate: Sendable, Hashable {
        /// When.
        public var at: Timestamp
        /// What does not hold; nil when all does.
        public var problem: String?
    }

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
        /// Whether an anchor could not be brought home.
        public var hasFailed = false

        /// One anchor on its way.
        public struct Working: Sendable, Hashable {
            /// Attempt.
            public var attempt: Attempt
            /// How far.
            public var stage: ChangeStage
        }
    }

    /// What waits of the open session are divided by; 1 between sessions.
    public var scale: Int { session?.timeScale ?? 1 }

    /// Places of the steps that `id` means: a step, or all of a loop or composite; empty when there is none.
    func places(of id: StepID) -> Set<Int> { Set(plan.steps.indices.filter { id.covers(plan.steps[$0].id) }) }

    /// Makes the run before its first event.
    public init(header: RunHeader) {
        self.header = header
        toolVersion = header.toolVersion
        places = PlanIndex(header.plan)
        records = StepRecords(places)
        // Why: a phase may be empty on paper only; the planner refuses it, a journal from elsewhere may not.
        for phase in header.plan.phases where places.phases[phase.id] == nil { phasesEnded.insert(phase.id) }
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
    public func record(of id: StepID) -> StepRecord? { places.steps[id].map { records[$0] } }

    /// Step `id` of the plan.
    public func step(_ id: StepID) -> PlanStep? { places.steps[id].map { plan.steps[$0] } }

    /// Whether every step of the plan is passed.
    public var isEveryPhasePassed: Bool { plan.phases.allSatisfy { isPassed($0.id) } }

    /// Whether every step of `phase` is passed.
    public func isPassed(_ phase: PhaseID) -> Bool {
        places.phases[phase].map { records.isPassed($0) } ?? true
    }
}
