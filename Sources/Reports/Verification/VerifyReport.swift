import MigrateCore

/// What asking the probes of executed steps again led to: drift, or none.
public enum VerifyReport {
    /// Text for a terminal: what holds, then what does not, so that it stands above the prompt.
    public static func text(of findings: [StepVerification], style: Style = .unbounded) -> String {
        let language = style.language
        guard !findings.isEmpty else {
            return language.says("no step is over yet, so there is nothing to verify", ko: "아직 끝난 단계가 없어 검증할 것이 없음")
        }
        var page = Page(style)
        let width = Page.width(of: findings.map(\.step))
        for finding in findings.filter(\.verdict.isPass) + findings.filter({ !$0.verdict.isPass }) {
            let (sign, tone) = mark(of: finding.verdict)
            var head = Line("\(sign) ", tone)
            head.add(finding.step, to: width)
            head.add("  ")
            let word = finding.verdict.isPass ? "" : "\(word(for: finding.verdict, in: language)): "
            page.wrap(word + finding.verdict.summary, behind: head, indent: 6)
            if case .error(let problem) = finding.verdict, let hint = problem.hint {
                page.wrap(hint, behind: Line(language.says("      hint: ", ko: "      힌트: ")), indent: 12)
            }
        }
        page.blank()
        page.wrap(summary(of: findings, in: language), findings.allSatisfy(\.verdict.isPass) ? .good : .bad)
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

    private static func word(for verdict: Verdict, in language: Language) -> String {
        let word = verdict.word
        return switch verdict {
        case .pass: language.says(word, ko: "통과")
        case .fail: language.says(word, ko: "실패")
        case .inconclusive: language.says(word, ko: "판정 불가")
        case .error: language.says(word, ko: "오류")
        }
    }

    private static func summary(of findings: [StepVerification], in language: Language) -> String {
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
        let parts = [
            (holding, language.says("hold", ko: "유지")), (drifted, language.says("drifted", ko: "어긋남")),
            (untold, language.says("could not be told", ko: "판정 불가")),
        ]
        return parts.filter { $0.0 > 0 }.map { count, words in
            language.says("\(count) \(words)", ko: "\(words) \(count)개")
        }.joined(separator: ", ")
    }
}
