/// How a session begins: what it refuses, and what it makes of what the last one left.
extension RunMachine {
    func begin(_ session: Session, at now: Timestamp) throws(RunRefusal) -> [RunEvent] {
        try state.checkTool(session.toolVersion)
        var events: [RunEvent] = [.run(.sessionStarted(session))] + lostNotices
        switch session.goal {
        case .forward(let from, let through, let only):
            guard !state.isCanceled else { throw .canceled }
            try refuseForward(from: from, through: through, only: only)
            let left = state.records.indices.filter(state.isLeftInDoubt).map(doubt(ofWhatWasLeftAt:))
            events += doubts(under: session.epoch) + left
            events += unstarted(under: session.epoch)
            let resets = resets()
            events += lapses(after: left + resets) + resets + soaksAnew(at: now, scale: session.timeScale)
        case .rollback(let steps, _):
            guard !steps.isEmpty else { throw .nothingToRollBack }
            try state.refuseReturnsInDoubt(of: steps)
            let doubts = doubts(under: session.epoch)
            events += doubts + unstarted(under: session.epoch)
            events += interruptions(besides: Set(doubts.compactMap(\.step)))
            let anchors = anchors(movedIn: steps)
            if !anchors.isEmpty, state.backOut == nil {
                events.append(
                    .run(.backOutStarted(reason: "rollback", by: session.operatorName, anchors: anchors))
                )
            }
        case .backOut(let reason):
            guard state.backOut != nil || state.isTrafficAway else { throw .trafficIsHome }
            // Why also while one is under way: that of a rollback may have been about other traffic.
            events.append(.run(.backOutStarted(reason: reason, by: session.operatorName)))
            events += unstarted(under: session.epoch)
        case .answer: break
        }
        return events
    }

    private func refuseForward(from: PhaseID?, through: PhaseID?, only: StepID?) throws(RunRefusal) {
        for phase in [from, through].compactMap(\.self) where state.places.phases[phase] == nil {
            throw .unknownPhase(phase.rawValue, known: state.plan.phases.map(\.id.rawValue))
        }
        let doubts = state.stepsInDoubt
        guard doubts.isEmpty else { throw .inDoubt(doubts) }
        let stuck = state.steps { if case .rollbackFailed = $0.state { true } else { false } }
        guard stuck.isEmpty else { throw .rollbackUnfinished(stuck) }
        // Why refused: nobody can say which share of the traffic is away, and the next weight would build on a guess.
        let unsure = state.unsureAnchors.map { state.plan.steps[$0].id }
        guard unsure.isEmpty || state.backOut != nil else { throw .rollbackUnfinished(unsure) }
        try refuseUnfinished(from: from, only: only)
    }

    private func refuseUnfinished(from: PhaseID?, only: StepID?) throws(RunRefusal) {
        // Why besides: what this very session tries again is not over, whatever it was before.
        let reopened = Set(resets().compactMap(\.step))
        let isOver = { (index: Int) in
            state.records[index].state.isPassed && !reopened.contains(state.plan.steps[index].id)
        }
        if let from, let start = state.places.phases[from]?.lowerBound {
            let missing = state.plan.steps.indices.prefix(start).filter { !isOver($0) }
            guard missing.isEmpty else {
                throw .earlierPhasesUnfinished(from, missing: missing.map { state.plan.steps[$0].id })
            }
        }
        if let only {
            let meant = state.places(of: only)
            guard !meant.isEmpty else { throw state.plan.unknownStep(only.rawValue) }
            let needs = meant.sorted().flatMap { state.plan.steps[$0].needs }.filter { !only.covers($0) }
            let missing = needs.filter { !(state.places.steps[$0].map(isOver) ?? false) }
            guard missing.isEmpty else { throw .needsUnfinished(only, missing: missing) }
        }
    }

    /// Changes that a dead process left in flight and that must never be repeated by themselves.
    private func doubts(under epoch: Int) -> [RunEvent] {
        state.active.sorted().compactMap { index in
            guard case .changing(let attempt, .performing(let change, let intended, nil)) = state.records[index].state,
                intended < epoch, change.effect == .nonIdempotent, change.startsProgram != true
            else { return nil }
            return .change(attempt, .inDoubt(Problem("the process ended while the call was in flight")))
        }
    }

    /// Puts a change in doubt that a person left as it is in a rollback, and that must never be repeated by itself.
    ///
    /// Why not taken as made: the person may have left a rollback that failed halfway.
    func doubt(ofWhatWasLeftAt index: Int) -> RunEvent {
        let reason = state.records[index].note.map { " (\($0))" } ?? ""
        let problem = Problem(
            "a rollback left it as it is\(reason), so that what it made may still be there",
            hint: "`migrate resolve` with `--applied` if it still stands, with `--not-applied` if it is gone"
        )
        return .change(state.newestForward(index), .inDoubt(problem))
    }

    /// Failed steps are tried again; after a rollback or a back-out, so is everything from the first undone step on.
    func resets() -> [RunEvent] {
        let firstUndone = state.records.indices.first { index in
            switch state.records[index].state {
            case .rolledBack, .rollbackSkipped, .kept: true
            case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
                .waitingPerson,
                .succeeded, .alreadySatisfied, .skipped, .failed, .inDoubt, .canceled, .rollingBack, .rollbackFailed:
                false
            }
        }
        let isBuiltUpon = state.stepsBuiltUpon
        let looks = state.looksOutdated
        return state.records.indices.compactMap { index in
            let id = state.plan.steps[index].id
            if state.records[index].state.isPassed, state.isLeftAway(index) { return .step(id, .reset(by: nil)) }
            switch state.records[index].state {
            case .rollbackSkipped where state.isLeftInDoubt(index): return nil
            case .failed, .canceled, .rolledBack, .rollbackSkipped, .kept: return .step(id, .reset(by: nil))
            case .succeeded where looks.contains(index): return .step(id, .reset(by: nil))
            case .succeeded, .alreadySatisfied, .skipped:
                // Why not what is owned: it still stands in the world, as the anchor of a shift does after a back-out.
                guard let firstUndone, index > firstUndone, state.records[index].owned == nil else { return nil }
                // Why: made again, it would undo what a later step has made of the same thing and still owns.
                if case .action = state.plan.steps[index].work, isBuiltUpon.contains(index) { return nil }
                return .step(id, .reset(by: nil))
            case .pending, .deciding, .probing, .changing, .verifying, .soaking, .waitingWindow, .waitingApproval,
                .waitingPerson,
                .inDoubt, .rollingBack, .rollbackFailed:
                return nil
            }
        }
    }

    /// Anchors of the traffic that `steps` moved, or that leads to what they made.
    ///
    /// Why those too: undoing what traffic was led to, while it is there, takes the ground from under it. Traffic that
    /// was moved before the first of them stays where it is.
    private func anchors(movedIn steps: [StepID]) -> [StepID] {
        let places = Set(steps.compactMap { state.places.steps[$0] })
        let first = places.compactMap { state.records[$0].startOrder }.min() ?? .max
        return state.places.shifts
            .filter { shift in
                shift.away.contains { place in
                    guard state.records[place].owned != nil, !state.records[place].isRollbackSkipped else {
                        return false
                    }
                    return places.contains(place) || state.records[place].startOrder ?? 0 > first
                }
            }
            .map { state.plan.steps[$0.anchor].id }
    }

    /// Forward steps that a rollback ends early; what they may have changed stays owned.
    ///
    /// Why not those with a call in flight: what became of it is found out before anything is undone.
    private func interruptions(besides doubtful: Set<StepID>) -> [RunEvent] {
        state.active.sorted().compactMap { index in
            if doubtful.contains(state.plan.steps[index].id) || isCallInFlight(index) { return nil }
            return .step(state.plan.steps[index].id, .canceled)
        }
    }
}

extension RunState {
    /// Steps of which nobody can say whether their change happened, in plan order.
    public var stepsInDoubt: [StepID] { steps { if case .inDoubt = $0.state { true } else { false } } }

    /// Refuses to undo steps of whose return nobody can say whether it happened, and that must never be repeated.
    ///
    /// Throws: `RunRefusal`.
    public func refuseReturnsInDoubt(of steps: [StepID]) throws(RunRefusal) {
        let doubtful = steps.filter(isReturnInDoubt)
        guard doubtful.isEmpty else { throw .inDoubt(doubtful) }
    }

    /// Whether only a person can say if the step's return happened, which must never be repeated.
    ///
    /// Why also of what was left: it may be such a return that was.
    public func isReturnInDoubt(_ id: StepID) -> Bool {
        guard let record = record(of: id), case .inDoubt(let attempt, let change, _) = record.state else {
            return false
        }
        return change.effect == .nonIdempotent && (attempt.direction == .back || record.isTakenAsFound)
    }

    /// Steps whose changes a rollback left, and that must never be made twice, in plan order.
    public var stepsLeftInDoubt: [StepID] { records.indices.filter(isLeftInDoubt).map { plan.steps[$0].id } }

    /// Whether a rollback left the change of a step as it is, and making it once more might make it twice.
    ///
    /// Why not what no rollback undoes: a backup that is kept, or a message that has no way back, is made anew when the
    /// run goes forward again.
    func isLeftInDoubt(_ index: Int) -> Bool {
        guard case .rollbackSkipped = records[index].state, let owned = records[index].owned,
            owned.change.effect == .nonIdempotent
        else { return false }
        return !owned.isMade || plan.steps[index].rollback.undoes(includeKept: false)
    }

    /// Ids of the steps whose record meets `condition`, in plan order.
    func steps(where condition: (StepRecord) -> Bool) -> [StepID] {
        records.indices.filter { condition(records[$0]) }.map { plan.steps[$0].id }
    }
}
