import MigrateCore

/// A step for programs.
extension StepReport {
    /// The step as JSON; times are ISO 8601 in UTC, lengths are seconds, what is not known is null.
    public static func json(of subject: Subject) -> Value {
        let (step, record) = (subject.step, subject.record)
        return [
            "step": .string(step.id.rawValue),
            "phase": .string(step.phase.rawValue),
            "title": Value(step.title),
            "kind": .string(step.work.kindName),
            "state": .string(record.word),
            "note": Value(record.note),
            "problem": Value(problem(of: record.state)),
            "attempts": .object(
                Dictionary(
                    record.attempts.map { ($0.key.rawValue, .integer(Int64($0.value))) },
                    uniquingKeysWith: { first, _ in first }
                )
            ),
            "started_at": Value(record.startedAt),
            "ended_at": Value(record.endedAt),
            "rollback": .string(step.rollback.word),
            "owned": record.owned.map(json(of:)) ?? .null,
            "captures": .object(record.captures),
            "approvals": .array(
                record.approvals.map { ["by": .string($0.by), "at": Value($0.at), "comment": Value($0.comment)] }
            ),
            "evidence": .array(subject.evidence.map(json(of:))),
        ]
    }

    private static func json(of owned: OwnedChange) -> Value {
        [
            "kind": .string(owned.change.kind),
            "change": .string(owned.change.summary),
            "effect": .string(owned.change.effect.rawValue),
            "token": .string(owned.change.token),
            "before": owned.before,
            "wanted": owned.change.to,
            "after": owned.after ?? .null,
            "settled": .bool(owned.after != nil),
            "receipt": owned.receipt,
        ]
    }

    /// A piece of evidence.
    static func json(of piece: StepEvidence) -> Value {
        [
            "stage": .string(piece.stage),
            "sequence": .integer(Int64(piece.sequence)),
            "at": Value(piece.evidence.at),
            "took_seconds": Value(seconds: piece.evidence.took),
            "subject": .string(piece.evidence.subject),
            "summary": .string(piece.evidence.summary),
            "facts": piece.evidence.facts,
            "request_ids": .array(piece.evidence.requestIDs.map { .string($0) }),
        ]
    }
}
