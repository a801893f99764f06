import MigrateCore

/// Whether every pending rollback could run now.
public enum ReadinessReport {
    /// Text for a terminal, newest step first.
    public static func text(of findings: [StepReadiness], style: Style = .unbounded) -> String {
        var page = Page(style)
        let language = style.language
        guard !findings.isEmpty else { return language.says("nothing is left to undo", ko: "되돌릴 것이 없음") }
        let width = Page.width(of: findings.map(\.step))
        for finding in findings {
            let (sign, tone) = mark(of: finding.readiness)
            var head = Line("\(sign) ", tone)
            head.add(finding.step, to: width)
            head.add("  ")
            page.wrap(
                summary(of: finding.readiness, in: language),
                tone == .bad ? .bad : .plain,
                behind: head,
                indent: 6
            )
        }
        page.blank()
        let blocking = findings.count(where: \.blocks)
        page.wrap(
            blocking == 0
                ? language.says("every rollback could run now", ko: "모두 지금 되돌릴 수 있음")
                : language.says(
                    "\(ReportWords.count(blocking, "rollback")) of \(findings.count) could not be shown to be ready",
                    ko: "\(findings.count)개 중 \(blocking)개는 되돌릴 준비가 되었음을 확인하지 못함"
                ),
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
        case .inDoubt, .unknown: ("?", .caution)
        }
    }

    private static func summary(of readiness: Readiness, in language: Language) -> String {
        let english = readiness.summary
        return switch readiness {
        case .ready(let text): language.says(english, ko: "준비됨: \(text)")
        case .notUndone(let text): language.says(english, ko: "되돌리지 않음: \(text)")
        case .stale(let text): language.says(english, ko: "오래됨: \(text)")
        case .impossible(let text): language.says(english, ko: "불가능: \(text)")
        case .inDoubt(let text): language.says(english, ko: "결과 불명: \(text)")
        case .unknown(let text): language.says(english, ko: "알 수 없음: \(text)")
        }
    }

    private static func words(for readiness: Readiness) -> (word: String, text: String) {
        switch readiness {
        case .ready(let text): ("ready", text)
        case .notUndone(let text): ("not_undone", text)
        case .stale(let text): ("stale", text)
        case .impossible(let text): ("impossible", text)
        case .inDoubt(let text): ("in_doubt", text)
        case .unknown(let text): ("unknown", text)
        }
    }
}
