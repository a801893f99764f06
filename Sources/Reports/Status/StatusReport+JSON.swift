import MigrateCore

/// A status for programs.
extension StatusReport {
    /// The run as JSON; names stay, members may be added.
    ///
    /// Shape: times are ISO 8601 in UTC, lengths are seconds, what is not known is null.
    public static func json(of snapshot: RunSnapshot, at now: Timestamp) -> Value {
        var members = headJSON(of: snapshot, at: now)
        members["phases"] = .array(snapshot.phases.map { json(of: $0, at: now) })
        if let notices = snapshot.notices { members["notices"] = .array(notices.map(json(of:))) }
        return .object(members)
    }

    /// The run without its phases.
    static func headJSON(of snapshot: RunSnapshot, at now: Timestamp) -> [String: Value] {
        [
            "runbook": .string(snapshot.runbook),
            "environment": .string(snapshot.environment),
            "title": Value(snapshot.title),
            "run": .integer(Int64(snapshot.run)),
            "as_of": Value(now),
            "status": .string(snapshot.status.rawValue),
            "status_text": .string(words(for: snapshot, in: .english)),
            "pause": Value(snapshot.pause?.word),
            "initiator": .string(snapshot.initiator),
            "started_at": Value(snapshot.startedAt),
            "changed_at": Value(snapshot.changedAt),
            "events": .integer(Int64(snapshot.events)),
            "time_scale": .integer(Int64(snapshot.timeScale)),
            "holder": snapshot.holder.map(json(of:)) ?? .null,
            "holder_loss": Value(snapshot.holderLoss?.rawValue),
            "kept": .array(snapshot.kept.map { .string($0.rawValue) }),
            "not_exercised": .array(snapshot.notExercised.map { .string($0.rawValue) }),
            "next": .string(NextAct.words(for: snapshot, at: now, in: .english)),
        ]
    }

    /// What became of a notice; `pending` while that is not known.
    private static func json(of notice: NoticeRecord) -> Value {
        let moment = notice.id.moment
        let fate =
            switch notice.fate {
            case .sent?: "sent"
            case .refused?: "refused"
            case .unknown?: "unknown"
            case nil: "pending"
            }
        return [
            "notice": .string(notice.id.notice),
            "moment": .string(moment.kind.rawValue),
            "phase": Value(moment.phase?.rawValue),
            "step": Value(moment.step?.rawValue),
            "reason": Value(moment.reason),
            "text": .string(notice.text),
            "at": Value(notice.at),
            "fate": .string(fate),
            "problem": Value(notice.fate?.problem?.message),
            "hint": Value(notice.fate?.problem?.hint),
            "head": Value(notice.head),
            "ended_at": Value(notice.endedAt),
        ]
    }

    private static func json(of holder: LeaseRecord) -> Value {
        [
            "epoch": .integer(Int64(holder.epoch)),
            "user": .string(holder.user),
            "host": .string(holder.host),
            "process": .integer(Int64(holder.process)),
            "process_start": .string(holder.processStart),
            "operation": .string(holder.operation),
            "acquired_at": Value(holder.acquiredAt),
            "renewed_at": Value(holder.renewedAt),
        ]
    }

    /// A phase with its steps.
    static func json(of phase: PhaseSnapshot, at now: Timestamp) -> Value {
        [
            "id": .string(phase.id.rawValue),
            "title": Value(phase.title),
            "planned_seconds": Value(seconds: phase.planned),
            "taken_seconds": Value(seconds: phase.startedAt.map { (phase.endedAt ?? now) - $0 }),
            "started_at": Value(phase.startedAt),
            "ended_at": Value(phase.endedAt),
            "passed": .bool(phase.isPassed),
            "steps": .array(phase.steps.map(json(of:))),
        ]
    }

    /// A step.
    static func json(of step: StepSnapshot) -> Value {
        [
            "id": .string(step.id.rawValue),
            "title": Value(step.title),
            "kind": .string(step.kind),
            "state": .string(step.state),
            "note": Value(step.note),
            "problem": Value(step.problem),
            "attempts": .integer(Int64(step.attempts)),
            "started_at": Value(step.startedAt),
            "ended_at": Value(step.endedAt),
            "waits_until": Value(step.waitsUntil),
            "approval": Value(step.approval),
            "owned": .bool(step.isOwned),
            "rollback": .string(step.rollback),
            "composite": Value(step.composite?.rawValue),
        ]
    }
}
