/// What the requests of other processes lead to. Each is taken or refused, and both are on record.
extension RunMachine {
    func respond(to request: RunRequest, at now: Timestamp) -> [RunEvent] {
        switch request.act {
        case .approve(let name, let comment): approve(name, comment: comment, request, at: now)
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
        case .backOut: backOut(request)
        case .skip(let id, let reason):
            answer(
                request,
                isAtRest(id) ? [.step(id, .skipped(reason: reason, by: request.by))] : nil,
                otherwise: "step `\(id)` is at work, over, or owns a change; only a step without effect can be skipped"
            )
        case .retry(let id):
            answer(
                request,
                isFailed(id) ? [.step(id, .reset(by: request.by))] : nil,
                otherwise: "step `\(id)` has not failed"
            )
        case .keepAsIs(let id, let reason):
            answer(
                request,
                state.record(of: id)?.owned == nil
                    ? nil : [.step(id, .rollbackSkipped(reason: reason, by: request.by))],
                otherwise: "step `\(id)` owns nothing to undo"
            )
        case .resolve(let id, let applied, let reason): resolve(id, applied: applied, reason: reason, request)
        case .done(let id, _):
            answer(
                request,
                isWaitingForPerson(id) ? [.step(id, .succeeded)] : nil,
                otherwise: "step `\(id)` does not wait for a person"
            )
        }
    }

    private func answer(_ request: RunRequest, _ events: [RunEvent]?, otherwise reason: String) -> [RunEvent] {
        guard let events else { return [.run(.requestRefused(request, reason: reason))] }
        return [.run(.requestTaken(request))] + events
    }

    private func waiting(for name: String) -> StepID? {
        state.active.sorted().first { index in
            guard case .waitingApproval = state.records[index].state else { return false }
            return state.plan.steps[index].work == .confirm(approval: name)
        }.map { state.plan.steps[$0].id }
    }

    private func approve(_ name: String, comment: String?, _ request: RunRequest, at now: Timestamp) -> [RunEvent] {
        guard let id = waiting(for: name), let record = state.record(of: id),
            let policy = state.plan.approvals.first(where: { $0.name == name })
        else { return answer(request, nil, otherwise: "nothing waits for approval `\(name)`") }
        if let reason = objection(to: request, policy: policy, given: record.approvals) {
            return answer(request, nil, otherwise: reason)
        }
        let given = RunEvent.step(id, .approvalGiven(Approval(by: request.by, at: request.at, comment: comment)))
        let isEnough = record.approvals.count + 1 >= policy.minimum
        return answer(request, isEnough ? [given, .step(id, .succeeded)] : [given], otherwise: "")
    }

    private func objection(to request: RunRequest, policy: ApprovalPolicy, given: [Approval]) -> String? {
        if policy.excludesInitiator, request.by == state.header.initiator {
            return "`\(request.by)` began the run, and `\(policy.name)` asks for somebody else"
        }
        if !policy.approvers.isEmpty, !policy.approvers.contains(request.by) {
            return "`\(request.by)` is not among the approvers of `\(policy.name)`"
        }
        return given.contains { $0.by == request.by } ? "`\(request.by)` has approved already, and counts once" : nil
    }

    private func backOut(_ request: RunRequest) -> [RunEvent] {
        guard state.backOut == nil, state.isTrafficAway else {
            return answer(request, nil, otherwise: "traffic is at home, or on its way there")
        }
        let reason = "asked for by \(request.by)"
        return answer(request, [.run(.backOutStarted(reason: reason, by: request.by))], otherwise: "")
    }

    private func resolve(_ id: StepID, applied: Bool, reason: String, _ request: RunRequest) -> [RunEvent] {
        guard case .inDoubt(let attempt, _, _) = state.record(of: id)?.state else {
            return answer(request, nil, otherwise: "step `\(id)` is not in doubt")
        }
        let fact = ChangeFact.resolved(applied: applied, reason: reason, by: request.by)
        return answer(request, [.change(attempt, fact)], otherwise: "")
    }

    private func isAtRest(_ id: StepID) -> Bool {
        guard let record = state.record(of: id), record.owned == nil else { return false }
        return record.state == .pending || isFailed(id)
    }

    private func isFailed(_ id: StepID) -> Bool {
        if case .failed = state.record(of: id)?.state { true } else { false }
    }

    private func isWaitingForPerson(_ id: StepID) -> Bool {
        if case .waitingPerson = state.record(of: id)?.state { true } else { false }
    }
}
