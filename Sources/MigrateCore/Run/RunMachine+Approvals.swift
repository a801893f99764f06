/// What people's yes, and taking it back, lead to.
extension RunMachine {
    func approve(_ name: String, _ approval: Approval, _ request: RunRequest) -> [RunEvent] {
        guard let id = waiting(for: name), let record = state.record(of: id),
            let policy = state.plan.approvals.first(where: { $0.name == name })
        else { return answer(request, nil, otherwise: "nothing waits for approval `\(name)`") }
        if let reason = objection(to: approval, policy: policy, record) {
            return answer(request, nil, otherwise: reason)
        }
        return answer(request, [.step(id, .approvalGiven(approval))], otherwise: "")
    }

    private func objection(to approval: Approval, policy: ApprovalPolicy, _ record: StepRecord) -> String? {
        // Why by the time of the yes: it may be taken in later, by a process that was started in between.
        if case .waitingApproval(_, let until) = record.state, approval.at > until {
            return "`\(policy.name)` was asked for until \(until.clockText) UTC"
        }
        if policy.excludesInitiator, approval.by == state.header.initiator {
            return "`\(approval.by)` began the run, and `\(policy.name)` asks for somebody else"
        }
        if !policy.approvers.isEmpty, !policy.approvers.contains(approval.by) {
            return "`\(approval.by)` is not among the approvers of `\(policy.name)`"
        }
        if record.approvals.contains(where: { $0.by == approval.by }) {
            return "`\(approval.by)` has approved already, and counts once"
        }
        guard let subject = record.subject else { return "what `\(policy.name)` covers is still being looked at" }
        guard subject.digest == approval.digest else {
            return "what `\(policy.name)` covers has changed since it was shown to `\(approval.by)`"
        }
        return nil
    }

    func revoke(_ name: String, _ request: RunRequest) -> [RunEvent] {
        if let id = waiting(for: name), state.record(of: id)?.approvals.contains(where: { $0.by == request.by }) == true
        {
            return answer(request, [.step(id, .approvalRevoked(by: request.by))], otherwise: "")
        }
        let given = state.plan.steps.indices.last { index in
            state.plan.steps[index].work == .confirm(approval: name) && state.records[index].state == .succeeded
                && state.records[index].approvals.contains { $0.by == request.by }
        }
        guard let given else {
            return answer(request, nil, otherwise: "`\(request.by)` has not approved `\(name)`")
        }
        let isUsed = (state.places.covered[given] ?? []).contains { state.records[$0].state != .pending }
        guard !isUsed else {
            return answer(
                request,
                nil,
                otherwise:
                    "what `\(name)` covers has begun; `migrate pause` stops it, `migrate back-out` brings traffic home"
            )
        }
        let id = state.plan.steps[given].id
        return answer(request, [.step(id, .approvalsDropped(reason: "taken back by \(request.by)"))], otherwise: "")
    }
}
