/// What the requests of other processes lead to. Each is taken or refused, and both are on record.
extension RunMachine {
    func respond(to request: RunRequest, at now: Timestamp) -> [RunEvent] {
        if let reason = pointlessness(of: request.act) { return answer(request, nil, otherwise: reason) }
        return switch request.act {
        case .approve(let name, let comment, let digest, let principal):
            approve(
                name,
                Approval(by: request.by, at: request.at, comment: comment, digest: digest, principal: principal),
                request
            )
        case .revoke(let name): revoke(name, request)
        case .reject(let name, let comment):
            answer(
                request,
                waiting(for: name).map { id in
                    let words = comment.map { ": \($0)" } ?? ""
                    return [.step(id, .failed(StepFailure(.failed, Problem("rejected by \(request.by)\(words)"))))]
                },
                otherwise: "nothing waits for approval `\(name)`"
            )
        case .pause: [.run(.requestTaken(request)), .run(.halted(.paused(.byOperator(request.by))))]
        case .resume: resume(request, at: now)
        case .cancel(let reason): cancel(reason, request)
        case .accept(let phase, let reason): accept(phase, reason: reason, request)
        case .backOut(let reason): backOut(request, reason: reason)
        case .skip(let id, let reason): skip(id, reason: reason, request)
        case .retry(let id):
            answer(
                request,
                each(of: worthTryingAgain(id), request) { .reset(by: request.by) },
                otherwise: "step `\(id)` has not failed"
            )
        case .keepAsIs(let id, let reason):
            answer(
                request,
                mayBeLeft(id) ? [.step(id, .rollbackSkipped(reason: reason, by: request.by))] : nil,
                otherwise: "step `\(id)` owns nothing to undo, is at work, or belongs to a run that goes forward"
            )
        case .resolve(let id, let applied, let reason): resolve(id, applied: applied, reason: reason, request)
        case .done(let id, _):
            answer(
                request,
                isWaitingForPerson(id) ? over(id, "done by \(request.by)") : nil,
                otherwise: "step `\(id)` does not wait for a person"
            )
        }
    }

    /// Leaves out the step, or what is left of the loop or composite, that `id` names.
    ///
    /// Why all of it or nothing: half of a shift, or of a loop that already made something, is no state to leave unsaid.
    private func skip(_ id: StepID, reason: String, _ request: RunRequest) -> [RunEvent] {
        let meant = meant(id)
        let due = meant.filter(isAtRest)
        let isLeftWhole = meant.allSatisfy { due.contains($0) || isOverWithoutEffect($0) }
        return answer(
            request,
            isLeftWhole ? each(of: due, request) { .skipped(reason: reason, by: request.by) } : nil,
            otherwise:
                "step `\(id)` is an approval, at work, over, or owns a change; only a step without effect can be skipped"
        )
    }

    /// Failed steps that `id` names; when it names probes alone that have all passed, and nothing is at work, those.
    ///
    /// Why those too: what a probe has found may be of yesterday when what follows it is tried, as a plan of Terraform is.
    private func worthTryingAgain(_ id: StepID) -> [StepID] {
        let meant = meant(id)
        let failed = meant.filter(isFailed)
        guard failed.isEmpty, state.active.isEmpty, meant.allSatisfy(isPassedProbe) else { return failed }
        return meant
    }

    private func isPassedProbe(_ id: StepID) -> Bool {
        guard let index = state.places.steps[id], case .probe = state.plan.steps[index].work else { return false }
        return if case .succeeded = state.records[index].state { true } else { false }
    }

    /// Steps that `id` names, in plan order.
    private func meant(_ id: StepID) -> [StepID] { state.places(of: id).sorted().map { state.plan.steps[$0].id } }

    /// What `fact` leads to for each of `steps`; nil when there is none of them.
    private func each(of steps: [StepID], _ request: RunRequest, _ fact: () -> StepFact) -> [RunEvent]? {
        steps.isEmpty ? nil : steps.flatMap { [.step($0, fact())] + resumption(over: $0, request) }
    }

    private func isOverWithoutEffect(_ id: StepID) -> Bool {
        guard let index = state.places.steps[id] else { return false }
        return state.records.standing(at: index).isPassed && state.records[index].owned == nil
    }

    func answer(_ request: RunRequest, _ events: [RunEvent]?, otherwise reason: String) -> [RunEvent] {
        guard let events else { return [.run(.requestRefused(request, reason: reason))] }
        return [.run(.requestTaken(request))] + events
    }

    func waiting(for name: String) -> StepID? {
        state.active.sorted().first { index in
            guard case .waitingApproval = state.records[index].state else { return false }
            return state.plan.steps[index].work == .confirm(approval: name)
        }.map { state.plan.steps[$0].id }
    }

    private func backOut(_ request: RunRequest, reason: String?) -> [RunEvent] {
        // Why taken: whoever asks wants traffic home, and it is on its way.
        if state.isComingHome { return answer(request, [], otherwise: "") }
        guard state.isTrafficAway else { return answer(request, nil, otherwise: RunRequest.trafficIsHome) }
        let words = reason ?? "asked for by \(request.by)"
        return answer(request, [.run(.backOutStarted(reason: words, by: request.by))], otherwise: "")
    }

    private func resolve(_ id: StepID, applied: Bool, reason: String, _ request: RunRequest) -> [RunEvent] {
        let resolved = ChangeFact.resolved(applied: applied, reason: reason, by: request.by)
        if let index = state.places.steps[id], state.isLeftInDoubt(index) {
            let events = [doubt(ofWhatWasLeftAt: index), .change(state.newestForward(index), resolved)]
            return answer(request, events, otherwise: "")
        }
        guard case .inDoubt(let attempt, _, _) = state.record(of: id)?.state else {
            return answer(request, nil, otherwise: "step `\(id)` is not in doubt")
        }
        return answer(request, [.change(attempt, resolved)], otherwise: "")
    }

    private func isAtRest(_ id: StepID) -> Bool {
        guard let index = state.places.steps[id], state.records[index].owned == nil else { return false }
        // Why: leaving out an approval would be a yes of one, whoever had to say it.
        if case .confirm = state.plan.steps[index].work { return false }
        switch state.records[index].state {
        case .pending, .failed, .waitingPerson, .waitingWindow: return true
        case .deciding, .probing, .changing, .verifying, .soaking, .waitingApproval, .succeeded, .alreadySatisfied,
            .skipped, .inDoubt, .canceled, .rollingBack, .rolledBack, .rollbackFailed, .rollbackSkipped, .kept:
            return false
        }
    }

    /// Whether a return may leave the step as it is.
    ///
    /// Why not while the run goes forward: what is left as it is counts as undone, and steps that need it would wait
    /// for ever.
    private func mayBeLeft(_ id: StepID) -> Bool {
        guard let index = state.places.steps[id], let record = state.record(of: id),
            record.owned != nil || state.unsureAnchors.contains(index)
        else { return false }
        if state.mustNotBeLeft(id) { return false }
        guard let session = state.session else { return true }
        if case .forward = session.goal { return false }
        // Why besides: the way home of a shift is at work on its anchor, whose own step is over.
        return !record.state.isActive && state.backOut?.working?.attempt.step != id
    }

    private func isFailed(_ id: StepID) -> Bool {
        if case .failed = state.record(of: id)?.state { true } else { false }
    }

    private func isWaitingForPerson(_ id: StepID) -> Bool {
        if case .waitingPerson = state.record(of: id)?.state { true } else { false }
    }
}
