import MigrateCore

/// Whether every pending rollback could run now.
public enum ReadinessReport {
    /// Text for a terminal, newest step first.
    public static func text(of findings: [StepReadiness], style: Style = .unbounded) -> String {
        var page = Page(style)
        guard !findings.isEmpty else { return "nothing is left to undo" }
        let width = Page.width(of: findings.map(\.step))
        for finding in findings {
            let (sign, tone) = mark(of: finding.readiness)
            var head = Line("\(sign) ", tone)
            head.add(finding.step, to: width)
            head.add("  ")
            page.wrap(finding.readiness.summary, tone == .bad ? .bad : .plain, behind: head, indent: 6)
        }
        page.blank()
        let blocking = findings.count(where: \.blocks)
        page.wrap(
            blocking == 0
                ? "every rollback could run now"
                : "\(ReportWords.count(blocking, "rollback")) of \(findings.count) could not be shown to be ready",
            blocking == 0 ? .good : .bad
        )
        return page.text
    }

    /// The findings as JSON.
    public static func json(of findings: [StepReadiness]) -> Value {
        [
            "ready": .bool(!findings.contains(where: \.blocks)),
            "steps": .array(
                findings.map { finding in
                    let (word, text) = words(for: finding.readiness)
                    return [
                        "step": .string(finding.step.rawValue), "readiness": .string(word), "text": .string(text),
                        "blocks": .bool(finding.blocks),
                    ]
                }
            ),
        ]
    }

    private static func mark(of readiness: Readiness) -> (sign: String, tone: Tone) {
        switch readiness {
        case .ready: ("✓", .good)
        case .notUndone: ("■", .faint)
        case .stale, .impossible: ("✗", .bad)
        case .unknown: ("?", .caution)
        }
    }

    private static func words(for readiness: Readiness) -> (word: String, text: String) {
        switch readiness {
        case .ready(let text): ("ready", text)
        case .notUndone(let text): ("not_undone", text)
        case .stale(let text): ("stale", text)
        case .impossible(let text): ("impossible", text)
        case .unknown(let text): ("unknown", text)
        }
    }
}
