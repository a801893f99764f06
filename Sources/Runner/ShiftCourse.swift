import MigrateCore

/// How far a shift has got in a forecast, and what coming back from there would do.
struct ShiftCourse {
    /// One change of the shift, done or foretold.
    private struct Move {
        var step: PlanStep
        var change: Change
        var facts: [String: Value]
        var scope: StepScope
    }

    private let executor: any StepExecutor
    private var moves: [Move] = []
    /// Part whose after-image is traffic at home, once it has come.
    private var anchor: StepID?
    private var isKnown = true

    init(executor: any StepExecutor) { self.executor = executor }

    /// Takes in what is foretold of `step`, or what the run has made of it already.
    mutating func take(_ forecast: StepForecast, of step: PlanStep, in scope: StepScope, _ state: RunState) async {
        guard step.traffic != nil else { return }
        if step.traffic == .home { anchor = step.id }
        switch forecast.outlook {
        case .change(let change):
            moves.append(Move(step: step, change: change, facts: forecast.facts, scope: scope))
        case .over:
            guard let owned = state.record(of: step.id)?.owned else { return }
            var change = owned.change
            change.from = owned.before
            change.to = owned.after ?? owned.change.to
            let facts = await executor.factsAhead(of: change, in: scope)
            moves.append(Move(step: step, change: change, facts: facts, scope: scope))
        case .holds, .waits: break
        case .stops, .unknown, .later: isKnown = false
        }
    }

    /// What coming back would do from here; nil where that cannot be told, and for what neither changes nor waits.
    func wayBack(after outlook: StepForecast.Outlook) async -> ReturnForecast? {
        switch outlook {
        case .change, .waits: break
        case .over, .holds, .stops, .unknown, .later: return nil
        }
        guard isKnown, !moves.isEmpty else { return nil }
        var way = ReturnForecast(home: nil, lag: nil, undone: [])
        let away = moves.filter { $0.step.traffic == .away }
        if let first = away.first, let newest = away.last {
            guard let anchor else { return nil }
            // Why the other one: a part that found its image in place left no change, and what it found is home.
            let homeward = moves.first { $0.step.id == anchor }
            var change = (homeward ?? first).change
            change.to = homeward?.change.to ?? first.change.from
            change.from = newest.change.to
            way.home = .init(step: anchor, call: await executor.call(of: change, in: (homeward ?? first).scope))
            way.lag = newest.facts["ttl"].map { .seconds($0.integer ?? Self.aliasTTL) }
        }
        for move in moves.reversed() where move.step.traffic != .away && move.step.rollback == .captured {
            var change = move.change
            change.from = move.change.to
            change.to = move.change.from
            way.undone.append(.init(step: move.step.id, call: await executor.call(of: change, in: move.scope)))
        }
        return way
    }

    /// Seconds that answers of an alias are kept: it has no TTL of its own, and those of load balancers say a minute.
    private static let aliasTTL: Int64 = 60
}
