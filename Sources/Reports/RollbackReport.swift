import MigrateCore

/// What a rollback would do, and whether it could.
public enum RollbackReport {
    /// Steps in the order they would be undone.
    public static func text(of steps: [StepID], in state: RunState, includesKept: Bool) -> String {
        var lines = ["would be undone, in this order:"]
        let isAway = steps.contains { state.step($0)?.traffic == .away }
        if isAway { lines.append("  traffic goes home first, in one call") }
        for id in steps {
            guard let step = state.step(id), let owned = state.record(of: id)?.owned else { continue }
            switch step.rollback {
            case .keep where !includesKept: lines.append("  \(id)  kept")
            case .none(let reason): lines.append("  \(id)  no way back: \(reason)")
            case .captured where step.traffic == .away: lines.append("  \(id)  undone with the traffic it moved")
            case .captured, .keep: lines.append("  \(id)  undo: \(owned.change.summary)")
            case .action(let call): lines.append("  \(id)  by `\(call.kind)`")
            case .notNeeded: continue
            }
        }
        return lines.joined(separator: "\n")
    }

    /// Findings of a readiness check.
    public static func text(of findings: [(StepID, String, blocks: Bool)]) -> String {
        if findings.isEmpty { return "nothing to undo" }
        return findings.map { "\($0.blocks ? "✗" : "✓") \($0.0)  \($0.1)" }.joined(separator: "\n")
    }
}
