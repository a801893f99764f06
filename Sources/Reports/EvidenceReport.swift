import MigrateCore

/// All that is known of one step.
public enum EvidenceReport {
    /// Text: state, way back, then every piece of evidence in order.
    public static func text(
        of step: PlanStep, record: StepRecord, evidence: [StepEvidence], language: String
    ) -> String {
        var lines = ["\(step.id)  \(step.title.text(in: language))", "  \(step.work.kindName), \(record.state.word)"]
        if let why = step.why { lines.append("  why: \(why.text(in: language))") }
        if let note = record.note { lines.append("  \(note)") }
        if let owned = record.owned {
            lines += ["way back:", "  before \(owned.before.text)", "  after  \((owned.after ?? owned.change.to).text)"]
        }
        if !evidence.isEmpty { lines.append("evidence:") }
        for piece in evidence {
            let seen = piece.evidence
            lines.append("  \(seen.at.clockText)  \(piece.stage)  \(seen.subject)")
            lines.append("            \(seen.summary), \(seen.took.shortText)")
            if !seen.requestIDs.isEmpty { lines.append("            request \(seen.requestIDs.joined(separator: ", "))") }
        }
        return lines.joined(separator: "\n")
    }

    /// `{step, state, owned, captures, evidence}`.
    public static func json(of step: PlanStep, record: StepRecord, evidence: [StepEvidence]) throws -> Value {
        let owned: Value = record.owned.map { owned in
            ["before": owned.before, "after": owned.after ?? owned.change.to, "change": .string(owned.change.summary)]
        } ?? .null
        let pieces = try evidence.map { piece -> Value in
            ["stage": .string(piece.stage), "evidence": try ValueEncoder.encode(piece.evidence)]
        }
        return [
            "step": .string(step.id.rawValue), "kind": .string(step.work.kindName), "state": .string(record.state.word),
            "owned": owned, "captures": .object(record.captures), "evidence": .array(pieces),
        ]
    }
}
