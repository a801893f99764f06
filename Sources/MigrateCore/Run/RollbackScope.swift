/// Which steps a rollback undoes.
public enum RollbackScope: Sendable, Hashable {
    /// Newest phase in which something was done.
    case newestPhase
    /// Everything done in or after this phase.
    case toPhase(PhaseID)
    /// This step, loop or composite, and everything done after the first of it.
    case toStep(StepID)
    /// This phase alone.
    case phase(PhaseID)
    /// Everything.
    case all
    /// What the latest rollback was asked for and has not undone.
    case unfinished
}

extension RunState {
    /// Steps that `scope` undoes, newest start first; things kept on purpose only with `includeKept`.
    ///
    /// Throws: `RunRefusal` when the scope names nothing or nothing is left to undo.
    public func rollbackSteps(
        _ scope: RollbackScope,
        includeKept: Bool = false
    ) throws(RunRefusal) -> [StepID] {
        // Why without those: they have been decided about, and would hide what is left to undo before them.
        let owned = plan.steps.indices
            .filter { records[$0].owned != nil && !records[$0].isRollbackSkipped }
            .filter { includeKept || records[$0].state != .kept }
            .sorted { records[$0].startOrder ?? 0 > records[$1].startOrder ?? 0 }
        let chosen: [Int]
        switch scope {
        case .all: chosen = owned
        case .unfinished:
            let wanted = Set(lastRollback?.steps ?? [])
            chosen = owned.filter { wanted.contains(plan.steps[$0].id) }
        case .newestPhase:
            let phase = owned.map { plan.steps[$0].phase }.max { place(of: $0) < place(of: $1) }
            chosen = owned.filter { plan.steps[$0].phase == phase }
        case .phase(let phase):
            guard places.phases[phase] != nil else { throw unknown(phase) }
            chosen = owned.filter { plan.steps[$0].phase == phase }
        case .toPhase(let phase):
            guard places.phases[phase] != nil else { throw unknown(phase) }
            chosen = owned.filter { place(of: plan.steps[$0].phase) >= place(of: phase) }
        case .toStep(let id):
            let meant = places(of: try plan.step(meantBy: id.rawValue))
            guard let order = meant.compactMap({ records[$0].startOrder }).min() else { throw .nothingToRollBack }
            chosen = owned.filter { records[$0].startOrder ?? 0 >= order }
        }
        // Why only now: what is in doubt belongs to the newest phase all the same.
        let undone = chosen.filter { !isDoubtKept(at: $0, includeKept: includeKept) }
        guard !undone.isEmpty else {
            // Why another: a rollback that has nothing left to undo is not an all-clear while traffic is away.
            if case .unfinished = scope, isTrafficAwayUnasked { throw .trafficIsAway }
            throw .nothingToRollBack
        }
        return undone.map { plan.steps[$0].id }
    }

    /// Whether the step at `index` is in doubt and nothing would be undone about it.
    func isDoubtKept(at index: Int, includeKept: Bool) -> Bool {
        guard case .inDoubt = records[index].state else { return false }
        return !plan.steps[index].rollback.undoes(includeKept: includeKept)
    }

    private func place(of phase: PhaseID) -> Int { places.phases[phase]?.lowerBound ?? -1 }

    private func unknown(_ phase: PhaseID) -> RunRefusal {
        .unknownPhase(phase.rawValue, known: plan.phases.map(\.id.rawValue))
    }

    /// Images that a return of the step may find: ours before and after, and those of the parts it brings home.
    ///
    /// The first is what this run left last, which people are shown as `ours`.
    public func acceptableImages(for attempt: Attempt) -> [Value] {
        guard let index = places.steps[attempt.step],
            let owned = attempt.direction == .home ? homeward(attempt.step) : records[index].owned
        else { return [] }
        var images = [owned.after ?? owned.change.to]
        if owned.after == nil { images.append(owned.change.from) }
        if attempt.direction == .home, let left = imageLeft(before: attempt.step) { images.insert(left, at: 0) }
        if attempt.direction == .home, let shift = places.shift(plan.steps[index].composite) {
            for part in shift.away {
                guard let moved = records[part].owned else { continue }
                images += [moved.change.from, moved.change.to] + (moved.after.map { [$0] } ?? [])
            }
        }
        return images
    }

    /// Image that a return of the step ends in.
    public func returnTarget(of attempt: Attempt) -> Value {
        if attempt.direction == .home { return homeward(attempt.step).map { $0.after ?? $0.change.to } ?? .null }
        return record(of: attempt.step)?.owned?.before ?? .null
    }
}
