import MigrateCore

/// Asks, before anything is undone, what actions of the runbook's own would find on the way back: what is at risk.
///
/// What is undone from a record is shown from the record; an action that the runbook names knows by looking alone.
public struct ReturnSurvey: Sendable {
    private let executor: any StepExecutor

    /// Makes a survey.
    public init(executor: any StepExecutor) { self.executor = executor }

    /// What is at risk when `steps` are undone now, in words by step; steps of which nothing is known are left out.
    public func risks(of steps: [StepID], in state: RunState) async -> [StepID: [String]] {
        await withTaskGroup(of: (StepID, [String]).self) { group in
            for id in steps {
                guard case .action(let call)? = state.step(id)?.rollback, state.record(of: id)?.owned != nil else {
                    continue
                }
                group.addTask {
                    let finding = await executor.prepare(call, in: state.scope(of: id, direction: .back))
                    return (id, finding.evidence.compactMap { $0.facts[Evidence.atRisk].string })
                }
            }
            var risks: [StepID: [String]] = [:]
            for await (id, words) in group where !words.isEmpty { risks[id] = words }
            return risks
        }
    }
}
