import MigrateCore

/// Figures of a run in the text format that Prometheus reads.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/, read 2026-11-21
public enum MetricsReport {
    /// Text, with an end of line at its end.
    public static func text(of snapshot: RunSnapshot, at now: Timestamp) -> String {
        var text = Text(labels: [("runbook", snapshot.runbook), ("environment", snapshot.environment)])
        text.family("migrate_run_number", "Number of the latest run.", [([], Double(snapshot.run))])
        text.family(
            "migrate_run_status",
            "1 for how the run stands, 0 for every other way.",
            RunSnapshot.Status.allCases.map { ([("status", $0.rawValue)], $0 == snapshot.status ? 1 : 0) }
        )
        text.family("migrate_run_held", "1 while a process holds the run.", [([], snapshot.holder == nil ? 0 : 1)])
        text.family("migrate_run_events", "Events of the run.", [([], Double(snapshot.events))])
        if let changedAt = snapshot.changedAt {
            text.family("migrate_run_changed_seconds", "When the last event was written.", [([], seconds(changedAt))])
        }
        let steps = snapshot.phases.flatMap { phase in phase.steps.map { (phase.id.rawValue, $0.state) } }
        let counts = Dictionary(grouping: steps) { [$0.0, $0.1] }.mapValues(\.count)
        text.family(
            "migrate_steps",
            "Steps by phase and state.",
            counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
                ([("phase", key[0]), ("state", key[1])], Double(count))
            }
        )
        text.family(
            "migrate_phase_seconds",
            "Time that the phase has taken.",
            snapshot.phases.compactMap { phase in
                phase.startedAt.map { ([("phase", phase.id.rawValue)], seconds((phase.endedAt ?? now) - $0)) }
            }
        )
        text.family(
            "migrate_phase_planned_seconds",
            "Time that the plan allows for the phase.",
            snapshot.phases.compactMap { phase in phase.planned.map { ([("phase", phase.id.rawValue)], seconds($0)) } }
        )
        return text.lines.joined(separator: "\n") + "\n"
    }

    private static func seconds(_ time: Timestamp) -> Double { Double(time.milliseconds) / 1000 }
    private static func seconds(_ length: Duration) -> Double { Double(length.inMilliseconds) / 1000 }

    private struct Text {
        var labels: [(String, String)]
        var lines: [String] = []

        init(labels: [(String, String)]) { self.labels = labels }

        mutating func family(_ name: String, _ help: String, _ samples: [([(String, String)], Double)]) {
            guard !samples.isEmpty else { return }
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) gauge")
            for (more, value) in samples {
                let pairs = (labels + more).map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
                let isWhole = value == value.rounded() && abs(value) < 1e15
                lines.append("\(name){\(pairs)} \(isWhole ? String(Int64(value)) : String(value))")
            }
        }

        private static func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        }
    }
}
