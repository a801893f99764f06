import MigrateCore

/// Rules about coming back.
extension Auditor {
    /// A return may begin only of what is owned, only in scope, and newest start first.
    func judgeReturn(_ attempt: Attempt) {
        guard let step = shadow.step(attempt.step), let record = shadow.record(of: attempt.step) else {
            return violated("a return of `\(attempt.step)`, which is not in the plan")
        }
        if attempt.direction == .back {
            demand(everIntended.contains(step.id), "`\(step.id)` is undone, and this run never changed it")
            demand(record.state != .alreadySatisfied, "`\(step.id)` is undone, and it was satisfied before")
        }
        switch attempt.direction {
        case .forward: violated("a forward return of `\(step.id)`")
        case .home: judgeHome(step)
        case .back: judgeBack(step)
        }
    }

    private func judgeBack(_ step: PlanStep) {
        guard case .rollback(let steps, _)? = shadow.session?.goal else {
            return violated("`\(step.id)` is undone, and nobody asked for a rollback")
        }
        demand(steps.contains(step.id), "`\(step.id)` is undone, and it is out of scope")
        for other in steps where isStillToUndo(other) && order(other) > order(step.id) {
            violated("`\(step.id)` is undone before `\(other)`, which started later")
        }
    }

    private func judgeHome(_ anchor: PlanStep) {
        let away = shadow.plan.steps.filter { $0.composite == anchor.composite && $0.traffic == .away }
        demand(
            away.contains { shadow.record(of: $0.id)?.owned != nil },
            "traffic of `\(anchor.id)` is brought home, and none is away"
        )
        guard case .rollback(let steps, _)? = shadow.session?.goal, shadow.backOut?.reason == "rollback" else { return }
        let first = steps.map { order($0) }.min() ?? 0
        demand(
            away.contains { steps.contains($0.id) || order($0.id) > first },
            "traffic of `\(anchor.id)` is brought home by a rollback that does not reach it"
        )
    }

    private func isStillToUndo(_ id: StepID) -> Bool {
        guard let record = shadow.record(of: id), record.owned != nil else { return false }
        if case .rollbackSkipped = record.state { return false }
        guard case .rollback(_, let includeKept)? = shadow.session?.goal else { return record.state != .kept }
        return record.state != .kept && !isLeftInDoubt(id, includeKept: includeKept)
    }

    /// Whether nobody knows if the step happened, and nothing would be undone about it: that it is in doubt is all
    /// there is.
    func isLeftInDoubt(_ id: StepID, includeKept: Bool) -> Bool {
        guard case .inDoubt? = shadow.record(of: id)?.state else { return false }
        switch shadow.step(id)?.rollback {
        case .none?, .notNeeded?: return true
        case .keep?: return !includeKept
        case .captured?, .action?, nil: return false
        }
    }

    private func order(_ id: StepID) -> Int { firstStarts[id] ?? 0 }

    /// Past a point of no return nothing comes back by itself.
    func judgeBackOut(by: String?) {
        guard by == nil else { return }
        for step in shadow.plan.steps where step.isPointOfNoReturn && shadow.record(of: step.id)?.owned != nil {
            violated("traffic goes home by itself past the point of no return `\(step.id)`")
        }
    }

    /// Traffic goes away share by share, each after the one before it in the plan.
    func judgeShare(of change: Change, by attempt: Attempt) {
        guard let step = shadow.step(attempt.step), step.traffic == .away, let index = place(of: step.id) else {
            return
        }
        let parts = shadow.plan.steps.indices.filter { shadow.plan.steps[$0].composite == step.composite }
        guard let before = parts.last(where: { $0 < index && shadow.plan.steps[$0].traffic != nil }),
            case .action(let call) = shadow.plan.steps[before].work, let share = call.parameters["share"].integer
        else { return }
        if case .skipped = shadow.records[before].state { return }
        // A first try that was made by then, and is made again, is no jump.
        if change.from == change.to { return }
        let found = change.from["new"].integer ?? 0
        demand(found == share, "`\(step.id)` follows \(share) %, and starts from \(found) %")
    }

    private func place(of id: StepID) -> Int? { shadow.plan.steps.firstIndex { $0.id == id } }

    /// When a session says that traffic is home, it is.
    func judgeBackedOut() {
        for anchor in shadow.plan.steps where anchor.traffic == .home && goingHome?.contains(anchor.id) ?? true {
            let away = shadow.plan.steps.filter { $0.composite == anchor.composite && $0.traffic == .away }
            for part in away where shadow.record(of: part.id)?.owned != nil {
                violated("backed out, and `\(part.id)` still holds traffic")
            }
            guard case .action(let call) = anchor.work, shadow.record(of: anchor.id)?.owned != nil else { continue }
            let name = call.parameters["name"].interpolated
            let share = image(name)["new"].integer ?? 0
            demand(isEdited(name) || share == 0, "backed out, and \(share) % of `\(name)` is on the new side")
        }
    }
}
