import MigrateCore

/// What asking again led to.
public enum VerifyReport {
    /// A line a step, then a count.
    public static func text(of findings: [(StepID, Verdict)]) -> String {
        let lines = findings.map { id, verdict in "\(verdict.isPass ? "✓" : "✗") \(id)  \(verdict.summary)" }
        let drifted = findings.filter { !$0.1.isPass }.count
        return (lines + ["\(findings.count) steps asked, \(drifted) drifted or not told"]).joined(separator: "\n")
    }

    /// List of `{step, verdict, seen}`.
    public static func json(of findings: [(StepID, Verdict)]) -> Value {
        .array(
            findings.map { id, verdict in
                ["step": .string(id.rawValue), "verdict": .string(verdict.word), "seen": .string(verdict.summary)]
            })
    }
}
