import MigrateCore

/// Proves that each pending rollback could run now, by doing everything of it but the change.
public struct ReadinessChecker: Sendable {
    private let executor: any StepExecutor

    /// Makes a checker.
    public init(executor: any StepExecutor) { self.executor = executor }

    /// Findings for everything that `state` owns, newest start first.
    public func check(_ state: RunState) async -> [StepReadiness] {
        let owned: [StepID]
        do { owned = try state.rollbackSteps(.all) } catch { return [] }
        return await withTaskGroup(of: (Int, StepReadiness).self) { group in
            for (index, id) in owned.enumerated() {
                group.addTask { (index, StepReadiness(step: id, readiness: await readiness(of: id, in: state))) }
            }
            var findings: [(Int, StepReadiness)] = []
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Whether a later part of the same composite has taken over what `step` left, and gives it back first.
    ///
    /// Why: during a shift the record is a weighted pair, so the TTL part's own after-image cannot be seen.
    private func comesBeforeOwnedHome(_ step: PlanStep, in state: RunState) -> Bool {
        guard let composite = step.composite, !step.isInShift else { return false }
        let parts = state.plan.steps.filter { $0.composite == composite }
        guard let home = parts.firstIndex(where: { $0.traffic == .home }),
            let own = parts.firstIndex(where: { $0.id == step.id })
        else { return false }
        return own < home && state.record(of: parts[home].id)?.owned != nil
    }

    private func readiness(of id: StepID, in state: RunState) async -> Readiness {
        guard let step = state.step(id), let record = state.record(of: id), let owned = record.owned else {
            return .unknown("no record")
        }
        // Why not asked: whatever the world shows, nobody knows whether there is anything of ours to undo.
        if case .inDoubt(_, _, let problem) = record.state {
            return .inDoubt("\(problem.message); look, then say with `migrate resolve` whether it happened")
        }
        switch step.rollback {
        case .keep: return .notUndone("kept")
        case .none(let reason): return .notUndone(reason)
        case .notNeeded: return .notUndone("nothing to undo")
        case .action(let call):
            let finding = await executor.prepare(call, in: state.scope(of: id, direction: .back))
            switch finding.answer {
            case .alreadySatisfied(let seen, _): return .ready(seen)
            case .change(let change): return .ready(change.summary)
            case .refused(let problem): return .impossible(problem.message)
            case .conflict(let expected, let found): return .stale("expected \(expected.words), found \(found.words)")
            case .unknown(let problem): return .unknown(problem.message)
            }
        case .captured:
            let anchor = state.plan.steps.first { $0.composite == step.composite && $0.traffic == .home }
            if step.traffic == .away {
                guard let anchor, state.record(of: anchor.id)?.owned == nil else {
                    return .ready("undone with the traffic it moved")
                }
                return await returning(owned, Attempt(step: anchor.id, direction: .home, number: 1), in: state)
            }
            if comesBeforeOwnedHome(step, in: state) { return .ready("undone after the traffic is at home again") }
            let direction: Attempt.Direction = step.traffic == .home && state.isTrafficAway ? .home : .back
            return await returning(owned, Attempt(step: id, direction: direction, number: 1), in: state)
        }
    }

    private func returning(_ owned: OwnedChange, _ attempt: Attempt, in state: RunState) async -> Readiness {
        let finding = await executor.prepareReturn(
            of: owned.change,
            acceptable: state.acceptableImages(for: attempt),
            target: state.returnTarget(of: attempt),
            in: state.scope(of: attempt.step, direction: attempt.direction)
        )
        switch finding.answer {
        case .alreadyThere(let seen): return .ready(seen)
        case .change(let change): return .ready(change.summary)
        case .conflict(let expected, let found, _): return .stale("expected \(expected.words), found \(found.words)")
        case .unknown(let problem): return .unknown(problem.message)
        }
    }
}
