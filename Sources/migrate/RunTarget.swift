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
        guard let slash = text.firstIndex(of: "/"), phases.contains(String(text[..<slash])) else {
            throw CommandFault.unknownTarget(text, known: phases)
        }
        let phase = PhaseID(String(text[..<slash]))
        let step = StepID(String(text[text.index(after: slash)...]))
        guard plan.steps.contains(where: { $0.phase == phase && step.covers($0.id) }) else {
            throw CommandFault.unknownTarget(text, known: plan.steps(of: phase).map { "\(phase)/\($0.id)" })
        }
        goal = .forward(from: phase, through: phase, only: step)
    }
}
