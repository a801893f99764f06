/// Going on after a halt, giving up for good, and letting a gate be.
extension RunMachine {
    func resume(_ request: RunRequest, at now: Timestamp) -> [RunEvent] {
        guard case .paused = state.halting else {
            return answer(request, nil, otherwise: "the run is not paused")
        }
        let doubts = state.steps { if case .inDoubt = $0.state { true } else { false } }
        if let doubt = doubts.first {
            let words = "step `\(doubt)` is in doubt; `migrate resolve` says whether it happened"
            return answer(request, nil, otherwise: words)
        }
        var events: [RunEvent] = [.run(.resumed(by: request.by))]
        if case .forward = state.session?.goal {
            let resets = resets()
            events += lapses(after: resets) + resets + soaksAnew(at: now, scale: state.scale)
        }
        return answer(request, events, otherwise: "")
    }

    /// Why nothing can come of `act` in a run that is over or that nobody carries on; nil when something can.
    ///
    /// Why refused: whoever hears `taken` counts on it.
    func pointlessness(of act: RunRequest.Act) -> String? {
        switch act {
        case .pause:
            guard state.session == nil else { return nil }
            return state.ending ?? "nobody carries the run on, so there is nothing to pause"
        case .approve, .revoke, .reject, .resume, .accept, .skip, .retry, .done:
            return state.isCanceled || state.isOver ? state.ending : nil
        case .cancel: return state.isOver ? state.ending : nil
        case .backOut, .keepAsIs, .resolve: return nil
        }
    }

    /// Soaks that begin again where nobody has watched for a while.
    ///
    /// Why not the others: a wait for old answers to run out goes on by itself, whoever watches.
    /// `scale` is that of the session that watches from now on, which may not have begun yet.
    func soaksAnew(at now: Timestamp, scale: Int) -> [RunEvent] {
        state.active.sorted().flatMap { index -> [RunEvent] in
            let step = state.plan.steps[index]
            guard case .soaking = state.records[index].state, step.watch.contains(where: { !$0.isAdvisory }) else {
                return []
            }
            let shift = state.places.shift(step.composite)
            return shift.map { state.isTrafficAway($0) } ?? true ? waitEvents(of: index, at: now, scale: scale) : []
        }
    }

    /// Event that goes on with a halted run once what halted it has been dealt with.
    func resumption(over id: StepID, _ request: RunRequest) -> [RunEvent] {
        switch state.halting {
        case .paused(.failedStep(id))?, .paused(.inconclusive(id))?, .paused(.approval(id, _))?:
            [.run(.resumed(by: request.by))]
        case .paused?, .stopped?, .goalReached?, .backedOut?, .rolledBack?, .rollbackFailed?, .answered?, nil: []
        }
    }

    func cancel(_ reason: String, _ request: RunRequest) -> [RunEvent] {
        if state.isCanceled { return answer(request, nil, otherwise: "the run was given up already") }
        if state.isEveryPhasePassed {
            return answer(request, nil, otherwise: "the run is over; `migrate rollback` undoes what it did")
        }
        if state.isTrafficAway {
            return answer(request, nil, otherwise: "traffic is away; `migrate back-out` brings it home first")
        }
        return answer(
            request,
            [.run(.canceled(reason: reason, by: request.by)), .run(.halted(.paused(.byOperator(request.by))))],
            otherwise: ""
        )
    }

    func accept(_ phase: PhaseID, reason: String, _ request: RunRequest) -> [RunEvent] {
        var problem = state.gates[phase]?.problem
        // Why also what is over: a run that stopped at its gate has no open session that remembers it.
        for end in [state.halting, state.lastEnd, state.endBefore] {
            if case .paused(.requirement(phase, let words)) = end { problem = problem ?? words }
            if case .paused(.drift(phase, let words)) = end { problem = problem ?? words }
        }
        guard let problem else {
            return answer(request, nil, otherwise: "nothing keeps \(phase) from going on")
        }
        let accepted = RunEvent.run(.requirementAccepted(phase, problem: problem, reason: reason, by: request.by))
        switch state.halting {
        case .paused(.requirement(phase, _))?, .paused(.drift(phase, _))?:
            return answer(request, [accepted, .run(.resumed(by: request.by))], otherwise: "")
        case .paused?, .stopped?, .goalReached?, .backedOut?, .rolledBack?, .rollbackFailed?, .answered?, nil:
            return answer(request, [accepted], otherwise: "")
        }
    }
}

extension RunState {
    /// How the run ended for good; nil while something of it is left to do.
    public var ending: String? {
        if isOver { return "the run is over: what it did is undone, and `migrate run` begins a new one" }
        if isCanceled { return "the run was given up; `migrate rollback` undoes what it did" }
        guard isEveryPhasePassed else { return nil }
        return "the run is over: every phase is done, and `migrate rollback` undoes it"
    }
}
