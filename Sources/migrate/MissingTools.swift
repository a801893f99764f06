import MigrateCore
import Steps

/// Steps of a goal whose programs this machine lacks.
struct MissingTools {
    let step: StepID
    let phase: String
    let programs: [String]

    /// Steps of `goal` that are not over and need a program that is not here.
    static func steps(of goal: RunGoal, in plan: Plan, state: RunState?, _ composition: Composition) -> [MissingTools] {
        guard case .forward(let from, let through, let only) = goal else { return [] }
        let order = plan.phases.map(\.id)
        let first = from.flatMap { order.firstIndex(of: $0) } ?? 0
        let last = through.flatMap { order.firstIndex(of: $0) } ?? order.count - 1
        let path = composition.environment["PATH"] ?? ""
        return plan.steps.compactMap { step in
            guard let place = order.firstIndex(of: step.phase), (first...max(first, last)).contains(place),
                only == nil || only == step.id, state?.record(of: step.id)?.state.isPassed != true,
                let missing = needs(of: step).first(where: { any in
                    !any.contains { ProgramSearch.path(of: $0, in: path) != nil }
                })
            else { return nil }
            return MissingTools(step: step.id, phase: step.phase.rawValue, programs: missing)
        }
    }

    private static func needs(of step: PlanStep) -> [[String]] {
        let role: KindDeclaration.Role
        switch step.work {
        case .probe: role = .probe
        case .action: role = .action
        case .confirm, .manual, .soak: return []
        }
        return StepCatalog.declarations.first { $0.name == step.work.kindName && $0.role == role }?.programs ?? []
    }
}
