/// What a notice is sent with.
extension RunState {
    /// Notice of the plan called `id`; nil when there is none, or a revision took it out.
    public func notice(_ id: String) -> PlanNotice? { plan.notices?.first { $0.id == id } }

    /// What the parameters of the notice on `record` may look up, `head` being that of the log.
    ///
    /// Its token is the same in every process, and no other notice's.
    public func scope(of record: NoticeRecord, head: String) -> StepScope {
        let moment = record.id.moment
        let members: [String: Value] = [
            "moment": .string(moment.kind.rawValue),
            "text": .string(record.text),
            "head": .string(head),
            "phase": moment.phase.map { .string($0.rawValue) } ?? .null,
            "step": moment.step.map { .string($0.rawValue) } ?? .null,
            "reason": moment.reason.map { .string($0) } ?? .null,
            "runbook": .string(plan.runbook),
            "environment": .string(plan.environment),
            "run": .integer(Int64(header.number)),
            "at": .string("\(record.at)"),
        ]
        let parts = [moment.kind.rawValue, moment.phase?.rawValue, moment.step?.rawValue, moment.reason]
        let name = "notices/\(record.id.notice)/" + parts.map { $0 ?? "" }.joined(separator: "/")
        return StepScope(
            step: StepID("notices/\(record.id.notice)"),
            facts: ["notice": .object(members)],
            secrets: plan.secrets,
            token: token(of: StepID(name), direction: .forward, attempt: moment.place)
        )
    }
}
