/// What the snapshot of a run is made of, as a store keeps it: the run, its phases, and a line for each step.
public struct RunLines: Sendable, Hashable {
    /// The run, without its phases.
    public var run: RunSnapshot
    /// Phases in order.
    public var phases: [Phase]
    /// Steps in the plan's order.
    public var steps: [StepSnapshot]

    /// A phase, and which of the steps are its own.
    public struct Phase: Sendable, Hashable {
        /// Name.
        public var id: PhaseID
        /// Title.
        public var title: LocalizedText
        /// Time the plan allows for it.
        public var planned: Duration?
        /// Places of its steps.
        public var places: Range<Int>

        /// Makes a phase.
        public init(id: PhaseID, title: LocalizedText, planned: Duration?, places: Range<Int>) {
            self.id = id
            self.title = title
            self.planned = planned
            self.places = places
        }

        /// The phase as it is shown, with the lines of its steps.
        public func snapshot(with steps: [StepSnapshot]) -> PhaseSnapshot {
            PhaseSnapshot(id: id, title: title, planned: planned, steps: steps)
        }
    }

    /// Makes lines that a store gave back.
    public init(run: RunSnapshot, phases: [Phase], steps: [StepSnapshot]) {
        self.run = run
        self.phases = phases
        self.steps = steps
    }

    /// Lines of `state`.
    public init(of state: RunState) {
        run = RunSnapshot(lineOf: state)
        phases = state.plan.phases.map {
            Phase(id: $0.id, title: $0.title, planned: $0.planned, places: state.places.phases[$0.id] ?? 0..<0)
        }
        steps = state.records.indices.map { StepSnapshot(index: $0, of: state) }
    }

    /// Takes in what a batch of events changed.
    public mutating func take(_ standing: Standing) {
        run = standing.run
        for (index, step) in standing.steps { steps[index] = step }
    }

    /// The run as it is shown.
    public var snapshot: RunSnapshot {
        var snapshot = run
        snapshot.phases = phases.map { $0.snapshot(with: Array(steps[$0.places.clamped(to: steps.indices)])) }
        return snapshot
    }
}
