import MigrateCore

/// Rules about sessions, steps and people.
extension Auditor {
    /// Holds an event of the run against what came before it.
    func judge(_ fact: RunFact, by process: SimulatedProcess) {
        switch fact {
        case .sessionStarted(let session):
            demand(session.epoch == process.epoch, "a session of another lease")
            demand(session.epoch > (shadow.session?.epoch ?? 0), "a session began under an old lease")
        case .sessionEnded(let end): judgeEnd(end, by: process)
        case .backOutStarted(_, let by, let anchors):
            goingHome = anchors
            judgeBackOut(by: by)
        case .phaseEnded(let phase): demand(isPassed(phase), "phase \(phase) ended, and not all of it is over")
        case .requestTaken(let request), .requestRefused(let request, _):
            demand(request.id > shadow.lastRequest, "request \(request.id) is taken twice")
        case .noticeIntended(let id, _): demand(shadow.notices[id] == nil, "\(id) is due twice")
        case .noticeEnded(let id, let fate, _): judge(fate, of: id)
        case .backOutEnded, .halted, .requirementChecked, .requirementAccepted, .resumed, .canceled, .revised: break
        }
    }

    private func judgeEnd(_ end: SessionEnd, by process: SimulatedProcess) {
        demand(shadow.session != nil, "a session ended, and none was open")
        for intent in intents where intent.awaitedBy.contains(process.number) {
            // Why not then: traffic waits for no program, and whoever goes on waits for the one on record.
            if intent.change.startsProgram == true, shadow.backOut != nil { continue }
            violated("the session ended, and the call of `\(intent.attempt.step)` was still awaited")
        }
        switch (end, shadow.session?.goal) {
        case (.goalReached, .forward(_, let through, let only)):
            for step in shadow.plan.steps where isAskedFor(step, through: through, only: only) {
                demand(shadow.record(of: step.id)?.state.isPassed == true, "done, and `\(step.id)` is not over")
            }
        case (.rolledBack, .rollback(let steps, let includeKept)):
            for id in steps {
                guard let record = shadow.record(of: id), record.owned != nil else { continue }
                let isLeft = record.state == .kept || record.isLeftAsIs || isLeftInDoubt(id, includeKept: includeKept)
                demand(isLeft, "rolled back, and `\(id)` still owns a change")
            }
        case (.backedOut, _): judgeBackedOut()
        case (.goalReached, _), (.rolledBack, _): violated("the session ended as something that it was not asked for")
        case (.paused, _), (.rollbackFailed, _), (.stopped, _), (.answered, _): break
        }
    }

    private func isAskedFor(_ step: PlanStep, through: PhaseID?, only: StepID?) -> Bool {
        if let only { return only.covers(step.id) }
        guard let through, let last = shadow.plan.phases.firstIndex(where: { $0.id == through }) else { return true }
        return (shadow.plan.phases.firstIndex { $0.id == step.phase } ?? 0) <= last
    }

    private func isPassed(_ phase: PhaseID) -> Bool {
        shadow.plan.steps.allSatisfy { $0.phase != phase || shadow.record(of: $0.id)?.state.isPassed == true }
    }

    /// Holds an event of a step against what came before it.
    func judge(_ fact: StepFact, of id: StepID, at time: Timestamp) {
        guard let step = shadow.step(id), let record = shadow.record(of: id) else {
            return violated("an event of `\(id)`, which is not in the plan")
        }
        switch fact {
        case .started: judgeStart(step, record)
        case .skipped(_, let by?):
            demand(record.owned == nil, "`\(id)` was skipped by \(by), and owns a change")
            demand(!record.state.isAtWork || record.state.waits, "`\(id)` was skipped by \(by), and was at work")
            if case .confirm = step.work { violated("the approval `\(id)` was skipped by \(by)") }
        case .rollbackSkipped(_, let by):
            let isFree = !record.state.isAtWork || shadow.session == nil
            demand(by == nil || isFree, "`\(id)` was left as it is while it was at work")
            // Why: what a rollback would have undone still stands.
            leave(id, mayBeMadeAnew: !step.rollback.isToUndo)
            // Why: what is made anew over somebody's change, and undone, may end as either.
            if case .action(let call) = step.work {
                let name = call.parameters["name"].interpolated
                if image(name)["edited"] != .null { cannotForetell(name) }
            }
        case .kept: leave(id, mayBeMadeAnew: true)
        case .reset(let by):
            if by != nil || record.state != .canceled && !record.isLeftAsIs { unrepeatable[id] = nil }
        case .canceled: break
        case .approvalGiven(let approval): judge(approval, step, record, at: time)
        case .succeeded: judgeSuccess(step, record)
        case .approvalsDropped:
            demand(record.state != .pending, "an approval of `\(id)` is dropped that was never asked")
        case .windowClosed, .windowOpened, .surveyed, .approvalRevoked, .drifted, .driftCleared: break
        case .conditionHeld, .skipped(_, nil), .probed, .foundSatisfied, .soakStarted, .approvalAsked, .personAsked,
            .failed, .stalled:
            break
        }
    }

    /// Whether a step is over, and everything that it waited for.
    private func isOver(_ id: StepID) -> Bool {
        guard let step = shadow.step(id), shadow.record(of: id)?.state.isPassed == true else { return false }
        guard case .skipped? = shadow.record(of: id)?.state else { return true }
        return step.needs.allSatisfy(isOver)
    }

    private func leave(_ id: StepID, mayBeMadeAnew: Bool) {
        if mayBeMadeAnew { unrepeatable[id] = nil }
        // Why not all: a way home that is under way goes on, whatever becomes of its anchor.
        for attempt in open.keys where attempt.step == id && attempt != shadow.backOut?.working?.attempt {
            open[attempt] = nil
        }
    }

    private func judgeStart(_ step: PlanStep, _ record: StepRecord) {
        if firstStarts[step.id] == nil { firstStarts[step.id] = firstStarts.count + 1 }
        demand(record.state == .pending, "`\(step.id)` started from \(record.state.word)")
        for need in step.needs {
            demand(isOver(need), "`\(step.id)` started before `\(need)`, and what that waits for, was over")
        }
        for phase in shadow.plan.phases.prefix(while: { $0.id != step.phase }) {
            demand(isPassed(phase.id), "`\(step.id)` started before \(phase.id) was over")
        }
        demand(shadow.halting == nil && shadow.backOut == nil, "`\(step.id)` started while the run was stopping")
        guard let session = shadow.session, case .forward = session.goal else {
            return violated("`\(step.id)` started, and nobody asked to go forward")
        }
        let atWork = shadow.active.count { !standsStill($0, in: session) }
        demand(atWork < session.parallel, "more than \(session.parallel) steps side by side")
    }

    /// Whether an earlier session left the step before its change, and nobody asked for it now.
    private func standsStill(_ index: Int, in session: Session) -> Bool {
        guard case .changing(_, .preparing) = shadow.records[index].state, case .forward(_, _, let only?) = session.goal
        else { return false }
        return !only.covers(shadow.plan.steps[index].id)
    }

    private func judge(_ approval: Approval, _ step: PlanStep, _ record: StepRecord, at time: Timestamp) {
        guard case .confirm(let name) = step.work, case .waitingApproval(_, let until) = record.state,
            let policy = shadow.plan.approvals.first(where: { $0.name == name })
        else { return violated("`\(step.id)` was approved, and did not ask") }
        demand(approval.at <= until, "`\(step.id)` was approved after its time")
        demand(!record.approvals.contains { $0.by == approval.by }, "\(approval.by) counts twice for `\(step.id)`")
        let isAllowed = policy.approvers.isEmpty || policy.approvers.contains(approval.by)
        demand(isAllowed, "\(approval.by) may not approve `\(step.id)`")
        let isInitiator = approval.by == shadow.header.initiator
        demand(!(policy.excludesInitiator && isInitiator), "the initiator approved `\(step.id)`")
    }

    private func judgeSuccess(_ step: PlanStep, _ record: StepRecord) {
        guard case .confirm(let name) = step.work,
            let policy = shadow.plan.approvals.first(where: { $0.name == name })
        else { return }
        let enough = Set(record.approvals.map(\.by)).count >= policy.minimum
        let isBound = record.approvals.allSatisfy { $0.digest != nil && $0.digest == record.subject?.digest }
        demand(isBound, "`\(step.id)` went on with an approval of something else")
        demand(enough, "`\(step.id)` went on with \(record.approvals.count) of \(policy.minimum) approvals")
    }
}

extension StepRecord {
    /// Whether a person or the plan left it as it is when undoing.
    var isLeftAsIs: Bool { if case .rollbackSkipped = state { true } else { false } }
}

extension RollbackPlan {
    /// Whether a rollback undoes the step, rather than leaving it; the auditor's own reading.
    fileprivate var isToUndo: Bool {
        switch self {
        case .captured, .action: true
        case .keep, .none, .notNeeded: false
        }
    }
}

extension StepState {
    /// Whether something is under way.
    var isAtWork: Bool { isActive }

    /// Whether it only waits, for a person or a window.
    var waits: Bool {
        switch self {
        case .waitingPerson, .waitingWindow: true
        default: false
        }
    }
}
