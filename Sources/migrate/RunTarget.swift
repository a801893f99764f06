import MigrateCore

/// What `PHASE`, `PHASE/STEP` and `--through` mean in a plan; a step may be a loop or a composite, which is all its steps.
struct RunTarget {
    let goal: RunGoal

    /// Throws: `CommandFault.unknownTarget`.
    init(_ text: String?, through: String?, in plan: Plan) throws {
        let phases = plan.phases.map(\.id.rawValue)
        if let through {
            guard phases.contains(through) else { throw CommandFault.unknownTarget(through, known: phases) }
            goal = .forward(from: nil, through: PhaseID(through), only: nil)
            return
        }
        guard let text else {
            goal = .forward(from: nil, through: nil, only: nil)
            return
        }
        if phases.contains(text) {
            goal = .forward(from: PhaseID(text), through: PhaseID(text), only: nil)
            return
        }
        guard let (phase, step) = plan.target(text) else {
            let named = plan.phases.first { text.hasPrefix("\($0.id)/") }
            let known = named.map { phase in plan.steps(of: phase.id).map { "\(phase.id)/\($0.id)" } }
            throw CommandFault.unknownTarget(text, known: known ?? phases)
        }
        goal = .forward(from: phase, through: phase, only: step)
    }
}
