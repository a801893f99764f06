import MigrateCore

/// Asks the world what a run would do; changes nothing.
public struct Prechecker: Sendable {
    private let executor: any StepExecutor

    /// Makes a prechecker.
    public init(executor: any StepExecutor) { self.executor = executor }

    /// Forecasts for `steps`, in their order.
    public func forecast(_ steps: [PlanStep], of state: RunState) async -> [StepForecast] {
        await withTaskGroup(of: (Int, StepForecast).self) { group in
            var forecasts: [(Int, StepForecast)] = []
            for (index, step) in steps.enumerated() {
                if index >= Self.width, let forecast = await group.next() { forecasts.append(forecast) }
                group.addTask { (index, StepForecast(step: step.id, outlook: await outlook(of: step, in: state))) }
            }
            for await forecast in group { forecasts.append(forecast) }
            return forecasts.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Steps asked at once.
    private static let width = 8

    private func outlook(of step: PlanStep, in state: RunState) async -> StepForecast.Outlook {
        if let record = state.record(of: step.id), record.state.isPassed { return .over(record.word) }
        let scope = state.scope(of: step.id)
        switch step.work {
        case .confirm(let approval): return .waits("approval `\(approval)`")
        case .manual(let text): return .waits(text.text(in: "en"))
        case .soak(let text): return .waits(text)
        case .probe(let call):
            guard isKnown(call.parameters, in: scope) else { return .later }
            switch await executor.probe(call, in: scope).answer.verdict {
            case .pass(let seen): return .holds(seen)
            case .fail(let seen): return .stops(Problem(seen))
            case .error(let problem): return .unknown(problem)
            case .inconclusive(let seen): return .unknown(Problem(seen))
            }
        case .action(let call):
            guard isKnown(call.parameters, in: scope) else { return .later }
            switch await executor.prepare(call, in: scope).answer {
            case .alreadySatisfied(let seen, _): return .holds(seen)
            case .change(let change): return .change(change)
            case .refused(let problem): return .stops(problem)
            case .conflict(_, let found): return .stops(Problem("changed by somebody else: \(found.words)"))
            case .unknown(let problem): return .unknown(problem)
            }
        }
    }

    private func isKnown(_ parameters: Value, in scope: StepScope) -> Bool {
        do {
            _ = try Template.resolve(parameters) { path in
                path.first == "secrets" ? .null : try scope.value(at: path)
            }
            return true
        } catch { return false }
    }
}
