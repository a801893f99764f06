import MigrateCore

/// What asking the probes of executed steps again led to: drift, or none.
public enum VerifyReport {
    /// Text for a terminal: what holds, then what does not, so that it stands above the prompt.
    public static func text(of findings: [StepVerification], style: Style = .unbounded) -> String {
        guard !findings.isEmpty else { return "no step is over yet, so there is nothing to verify" }
        var page = Page(style)
        let width = Page.width(of: findings.map(\.step))
        for finding in findings.filter(\.verdict.isPass) + findings.filter({ !$0.verdict.isPass }) {
            let (sign, tone) = mark(of: finding.verdict)
            var head = Line("\(sign) ", tone)
            head.add(finding.step, to: width)
            head.add("  ")
            let word = finding.verdict.isPass ? "" : "\(finding.verdict.word): "
            page.wrap(word + finding.verdict.summary, behind: head, indent: 6)
            if case .error(let problem) = finding.verdict, let hint = problem.hint {
                page.wrap(hint, behind: Line("      hint: "), indent: 12)
            }
        }
        page.blank()
        page.wrap(summary(of: findings), findings.allSatisfy(\.verdict.isPass) ? .good : .bad)
        return page.text
    }

    /// The findings as JSON.
    public static func json(of findings: [StepVerification]) -> Value {
        [
            "holds": .bool(findings.allSatisfy(\.verdict.isPass)),
            "steps": .array(
                findings.map { finding in
                    var hint: String?
                    if case .error(let problem) = finding.verdict { hint = problem.hint }
                    return [
                        "step": .string(finding.step.rawValue),
                        "verdict": .string(finding.verdict.word),
                        "text": .string(finding.verdict.summary),
                        "hint": Value(hint),
                    ]
                }
            ),
        ]
    }

    private static func mark(of verdict: Verdict) -> (sign: String, tone: Tone) {
        switch verdict {
        case .pass: ("✓", .good)
        case .fail: ("✗", .bad)
        case .error, .inconclusive: ("?", .caution)
        }
    }

    private static func summary(of findings: [StepVerification]) -> String {
        var holding = 0
        var drifted = 0
        var untold = 0
        for finding in findings {
            switch finding.verdict {
            case .pass: holding += 1
            case .fail: drifted += 1
            case .error, .inconclusive: untold += 1
            }
        }
        let parts = [(holding, "hold"), (drifted, "drifted"), (untold, "could not be told")]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
