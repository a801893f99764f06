import MigrateCore
import Steps

/// Steps of a goal whose programs this machine lacks.
struct MissingTools {
    let step: StepID
    let phase: String
    let programs: [String]

    /// Steps of `goal` that are not over and need a program that is not here.
    static func steps(
        of goal: RunGoal,
        in plan: Plan,
        state: RunState?,
        _ composition: Composition
    ) async -> [MissingTools] {
        guard case .forward(let from, let through, let only) = goal else { return [] }
        let order = plan.phases.map(\.id)
        let first = from.flatMap { order.firstIndex(of: $0) } ?? 0
        let last = through.flatMap { order.firstIndex(of: $0) } ?? order.count - 1
        let phases = Set(order[first...max(first, last)])
        let ahead = plan.steps.filter { step in
            phases.contains(step.phase) && (only?.covers(step.id) ?? true)
                && state?.record(of: step.id)?.state.isPassed != true
        }
        let phaseOf = Dictionary(ahead.map { ($0.id, $0.phase.rawValue) }, uniquingKeysWith: { $1 })
        let missing = await ToolCheck.missing(
            in: ahead,
            path: composition.environment["PATH"] ?? "",
            files: composition.files
        )
        return missing.map { MissingTools(step: $0.step, phase: phaseOf[$0.step] ?? "", programs: $0.anyOf) }
    }
}
