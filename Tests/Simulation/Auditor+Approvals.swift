import MigrateCore

/// Rules about what people said yes to.
extension Auditor {
    /// No change that waits for a window is made outside of it; returns wait for none.
    func judgeWindow(of attempt: Attempt, at time: Timestamp) {
        guard attempt.direction == .forward, shadow.step(attempt.step)?.window != nil else { return }
        demand(PlanMaker.isWindowOpen(at: time), "`\(attempt.step)` is changed at \(time), outside of its window")
    }

    /// A change that an approval covers is the one that was approved.
    func judgeApproval(of change: Change, by attempt: Attempt) {
        guard let index = shadow.plan.steps.firstIndex(where: { $0.id == attempt.step }) else { return }
        for (place, confirm) in shadow.plan.steps.enumerated() where place < index {
            guard shadow.coveredSteps(by: confirm.id).contains(where: { $0.id == attempt.step }) else { continue }
            let record = shadow.records[place]
            demand(record.state.isPassed, "`\(attempt.step)` is changed, and `\(confirm.id)` has not been approved")
            guard record.state == .succeeded, shadow.records[index].owned == nil,
                let shown = record.subject?.steps.first(where: { $0.step == attempt.step })?.change, !shown.isNull
            else { continue }
            demand(
                shown == ApprovalSubject.canonical(change),
                "`\(attempt.step)` is changed in another way than `\(confirm.id)` approved"
            )
        }
    }
}
