/// Which moments people are told of, and by which notices.
///
/// The intent of a notice is an event behind the one that brought its moment about, in the same commit; sending it is
/// beside the steps, and none waits for it.
extension RunMachine {
    /// What of a run tells whether an event brought a moment about.
    struct Stance {
        /// Whether a process was at work.
        var session: Session?
        /// Why it started nothing new.
        var halting: SessionEnd?
    }

    /// Intents of the notices that are due once `event` is applied, over what was before it.
    func notices(after event: RunEvent, from before: Stance) -> [RunEvent] {
        // Why only within a session: what is asked for while nobody is at work is taken in by one that has not begun.
        guard before.session != nil, let notices = state.plan.notices, !notices.isEmpty,
            let moment = moment(of: event, from: before)
        else { return [] }
        return notices.compactMap { notice in
            let id = NoticeID(notice.id, of: moment)
            // Why: the same moment may be come upon again, by a session that changes nothing.
            guard notice.moments.contains(moment.kind), state.notices[id] == nil else { return nil }
            return .run(.noticeIntended(id, text: NoticeWords.text(of: moment, from: before.session, in: state)))
        }
    }

    /// Moment that `event` brought about; nil for none.
    private func moment(of event: RunEvent, from before: Stance) -> RunMoment? {
        let place = state.notices.lastChange
        switch event {
        case .run(.phaseEnded(let phase)): return RunMoment(.phaseDone, phase: phase, place: place)
        case .step(let id, .approvalAsked), .step(let id, .personAsked):
            return RunMoment(.waiting, phase: state.step(id)?.phase, step: id, place: place)
        case .run(.backOutEnded(isHome: true)): return RunMoment(.backedOut, place: place)
        case .run(.sessionEnded(.goalReached)): return RunMoment(.done, place: place)
        case .run(.sessionEnded(.rolledBack)): return RunMoment(.rolledBack, place: place)
        case .run(.sessionEnded(let end)): return end == before.halting ? nil : pause(end, from: before, place)
        case .run, .step, .change:
            guard let halting = state.halting, halting != before.halting else { return nil }
            return pause(halting, from: before, place)
        }
    }

    private func pause(_ end: SessionEnd, from before: Stance, _ place: Int) -> RunMoment? {
        switch end {
        case .goalReached, .backedOut, .rolledBack, .stopped, .answered: return nil
        case .rollbackFailed(let step):
            return RunMoment(
                .paused,
                phase: state.step(step)?.phase,
                step: step,
                reason: "rollback_failed",
                place: place
            )
        // Why not: whoever puts it on record has just come, and is at work.
        case .paused(.leaseLost): return nil
        // Why not: whoever goes step by step knows, and pauses after each.
        case .paused(.byOperator(let person))
        where before.session?.isStepByStep == true && person == before.session?.operatorName:
            return nil
        case .paused(let reason):
            let step = reason.step
            let phase = reason.phase ?? step.flatMap { state.step($0)?.phase }
            return RunMoment(.paused, phase: phase, step: step, reason: reason.word, place: place)
        }
    }

    /// Ends of the notices that a process which is gone left without one.
    ///
    /// Rule: never sent again. Why: they may have come, and people who hear a thing twice believe in two things.
    var lostNotices: [RunEvent] {
        state.notices.pending.map {
            let problem = Problem("the process ended while it was on its way")
            return .run(.noticeEnded($0.id, fate: .unknown(problem), head: nil))
        }
    }

    /// End of a notice, unless it has one.
    func ended(_ id: NoticeID, _ fate: NoticeFate, head: String?) -> [RunEvent] {
        guard let record = state.notices[id], record.fate == nil else { return [] }
        return [.run(.noticeEnded(id, fate: fate, head: head))]
    }
}

extension PauseReason {
    /// Step that it is about; nil when it is about none.
    public var step: StepID? {
        switch self {
        case .failedStep(let step), .inconclusive(let step), .inDoubt(let step), .conflict(let step),
            .approval(let step, _), .watch(let step, _):
            step
        case .byOperator, .requirement, .drift, .leaseLost, .phaseTimedOut: nil
        }
    }

    /// Phase that it is about; nil when it is about none.
    public var phase: PhaseID? {
        switch self {
        case .requirement(let phase, _), .drift(let phase, _), .phaseTimedOut(let phase): phase
        case .byOperator, .failedStep, .inconclusive, .inDoubt, .conflict, .leaseLost, .approval, .watch: nil
        }
    }
}
