import MigrateCore

/// Asks the world what a run would do; changes nothing.
public struct Prechecker: Sendable {
    private let executor: any StepExecutor

    /// Makes a prechecker.
    public init(executor: any StepExecutor) { self.executor = executor }

    /// Forecasts for `steps`, in their order.
    public func forecast(_ steps: [PlanStep], of state: RunState) async -> [StepForecast] {
        await withTaskGroup(of: (Int, [StepForecast]).self) { group in
            var forecasts: [(Int, [StepForecast])] = []
            for (index, chain) in Self.chains(of: steps).enumerated() {
                if index >= Self.width, let forecast = await group.next() { forecasts.append(forecast) }
                group.addTask { (index, await self.forecast(chain: chain, of: state)) }
            }
            for await forecast in group { forecasts.append(forecast) }
            return forecasts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }

    /// Chains asked at once.
    private static let width = 8

    /// The parts of each shift together, every other step by itself; in the order of `steps`.
    private static func chains(of steps: [PlanStep]) -> [[PlanStep]] {
        let shifts = Set(steps.filter(\.isInShift).compactMap(\.composite))
        var chains: [[PlanStep]] = []
        for step in steps {
            if let composite = step.composite, shifts.contains(composite), chains.last?.last?.composite == composite {
                chains[chains.count - 1].append(step)
            } else {
                chains.append([step])
            }
        }
        return chains
    }

    /// Forecasts of steps of which each finds what the one before it would leave.
    private func forecast(chain: [PlanStep], of state: RunState) async -> [StepForecast] {
        var forecasts: [StepForecast] = []
        var left: Value?
        var facts: [String: Value] = [:]
        var isKnown = true
        var isAway = false
        var course = ShiftCourse(executor: executor)
        for step in chain {
            let isMove = step.traffic != nil
            // Why nothing after one that cannot be told: what it would leave is what the next one would find. Why nothing
            // of a look behind moved traffic: it would look at traffic that has not moved.
            if isMove ? !isKnown : isAway && step.isLook {
                forecasts.append(StepForecast(step: step.id, outlook: .later))
                isAway = isAway || step.traffic == .away
                continue
            }
            var scope = state.scope(of: step.id)
            if isMove { scope.assumed = left }
            if !facts.isEmpty {
                let known = scope.facts["part"]?.object ?? [:]
                scope.facts["part"] = .object(known.merging(facts) { $0 == [:] ? $1 : $0 })
            }
            var forecast = await self.forecast(step, scope, of: state)
            await course.take(forecast, of: step, in: scope, state)
            forecast.wayBack = isKnown ? await course.wayBack(after: forecast.outlook) : nil
            forecasts.append(forecast)
            if let composite = step.composite { facts[step.id.name(within: composite)] = .object(forecast.facts) }
            if isMove { isKnown = Self.isTold(forecast.outlook) }
            if isMove, case .change(let change) = forecast.outlook { left = change.to }
            if step.traffic == .away { isAway = isAway || !Self.isBehind(forecast.outlook) }
        }
        return forecasts
    }

    /// Whether the step makes no change any more.
    private static func isBehind(_ outlook: StepForecast.Outlook) -> Bool {
        switch outlook {
        case .over, .holds: true
        case .change, .waits, .stops, .unknown, .later: false
        }
    }

    private static func isTold(_ outlook: StepForecast.Outlook) -> Bool {
        switch outlook {
        case .over, .holds, .change, .waits: true
        case .stops, .unknown, .later: false
        }
    }

    private func forecast(_ step: PlanStep, _ scope: StepScope, of state: RunState) async -> StepForecast {
        var facts: [String: Value] = [:]
        let outlook = await outlook(of: step, scope, in: state, facts: &facts)
        var call: CallForecast?
        if case .change(let change) = outlook {
            facts = await executor.factsAhead(of: change, in: scope)
            call = await executor.call(of: change, in: scope)
        }
        var forecast = StepForecast(step: step.id, outlook: outlook, facts: facts)
        forecast.call = call
        return forecast
    }

    private func outlook(
        of step: PlanStep,
        _ scope: StepScope,
        in state: RunState,
        facts: inout [String: Value]
    ) async -> StepForecast.Outlook {
        if let record = state.record(of: step.id), record.state.isPassed { return .over(record.word) }
        switch step.work {
        case .confirm(let approval): return .waits("approval `\(approval)`")
        case .manual(let text): return .waits(text.text(in: "en"))
        case .soak(let text): return .waits(Self.resolved(text, in: scope))
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
            case .alreadySatisfied(let seen, let captures):
                facts = captures
                return .holds(seen)
            case .change(let change): return .change(change)
            case .refused(let problem): return .stops(problem)
            case .conflict(_, let found): return .stops(Problem("changed by somebody else: \(found.words)"))
            case .unknown(let problem): return .unknown(problem)
            }
        }
    }

    /// The length of a soak, where what it depends on is known.
    private static func resolved(_ text: String, in scope: StepScope) -> String {
        do { return try Template.resolve(.string(text)) { try scope.value(at: $0) }.interpolated } catch { return text }
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

extension PlanStep {
    /// Whether it looks and changes nothing.
    fileprivate var isLook: Bool {
        if case .probe = work { true } else { false }
    }
}
