import MigrateCore

/// What a rollback would undo, from the journal alone.
public enum RollbackReport {
    /// Text for a terminal, in the order in which steps would be undone.
    ///
    /// - Parameters:
    ///   - steps: steps of the rollback, as `RunState.rollbackSteps` gives them.
    ///   - state: the run.
    ///   - includesKept: whether what is kept on purpose is undone too.
    ///   - risks: what is at risk as things are, by step, where somebody asked.
    ///   - style: layout.
    /// - Returns: lines without an end of line at the end.
    public static func text(
        of steps: [StepID],
        in state: RunState,
        includesKept: Bool,
        risks: [StepID: [String]] = [:],
        style: Style = .unbounded
    ) -> String {
        let entries = steps.compactMap { RollbackEntry(step: $0, in: state, includesKept: includesKept) }
        var page = Page(style)
        let language = style.language
        let name = "\(state.plan.runbook) · \(state.plan.environment)"
        let number = state.header.number
        page.add(
            language.says(
                "\(name) · run \(number): what a rollback would undo, newest first",
                ko: "\(name) · 실행 \(number): 되돌릴 내용, 최근 것부터"
            ),
            .strong
        )
        page.blank()
        let width = Page.width(of: entries.map(\.step))
        for entry in entries {
            add(entry, idWidth: width, to: &page)
            for risk in risks[entry.step] ?? [] {
                page.wrap(
                    risk,
                    .caution,
                    behind: Line(language.says("        at risk: ", ko: "        위험: "), .strong),
                    indent: 10
                )
            }
        }
        page.blank()
        for (step, cost) in state.passedPointsOfNoReturn {
            let words = cost?.text(in: language) ?? ReportWords.unknownReturnCost(in: language)
            let head = language.says("past `\(step)`: ", ko: "`\(step)` 지남: ")
            page.wrap(words, .bad, behind: Line(head, .strong), indent: 2)
        }
        page.wrap(summary(of: entries, in: language), .strong)
        return page.text
    }

    /// The rollback as JSON.
    public static func json(
        of steps: [StepID],
        in state: RunState,
        includesKept: Bool,
        risks: [StepID: [String]] = [:]
    ) -> Value {
        let entries = steps.compactMap { RollbackEntry(step: $0, in: state, includesKept: includesKept) }
        return [
            "runbook": .string(state.plan.runbook),
            "environment": .string(state.plan.environment),
            "run": .integer(Int64(state.header.number)),
            "steps": .array(
                entries.map { entry in
                    [
                        "step": .string(entry.step.rawValue),
                        "act": .string(entry.act.word),
                        "text": .string(entry.act.text(in: .english)),
                        "differences": entry.difference?.json ?? [],
                        "at_risk": .array((risks[entry.step] ?? []).map { .string($0) }),
                    ]
                }
            ),
        ]
    }

    private static func add(_ entry: RollbackEntry, idWidth: Int, to page: inout Page) {
        let mark =
            switch entry.act {
            case .undo, .homeward, .action: StateMark(word: "rolling_back")
            case .keep: StateMark(word: "kept")
            case .nothing, .leave: StateMark(word: "rollback_skipped")
            case .settle, .resolve: StateMark(word: "in_doubt")
            }
        var head = Line("  \(mark.sign) ", mark.tone)
        head.add(entry.step, to: idWidth)
        head.add("  ")
        page.wrap(entry.act.text(in: page.style.language), behind: head, indent: 8)
        entry.difference?.add(to: &page, indent: 8)
    }

    private static func summary(of entries: [RollbackEntry], in language: Language) -> String {
        var undone = 0
        var kept = 0
        var left = 0
        var doubtful = 0
        var unknown = 0
        for entry in entries {
            switch entry.act {
            case .undo, .homeward, .action: undone += 1
            case .keep: kept += 1
            case .nothing, .leave: left += 1
            case .settle: doubtful += 1
            case .resolve: unknown += 1
            }
        }
        let parts = [
            (undone, language.says("to undo", ko: "되돌릴 단계")),
            // Why told: undoing what did not happen may do harm of its own.
            (
                doubtful,
                language.says(
                    "in doubt, undone too: `migrate resolve` first where it did not happen",
                    ko: "결과 불명(함께 되돌림, 일어나지 않았다면 먼저 `migrate resolve`)"
                )
            ),
            (
                unknown,
                language.says(
                    "in doubt, and not undone twice unasked: `migrate resolve` first",
                    ko: "결과 불명(묻지 않고 다시 되돌리지 않음, 먼저 `migrate resolve`)"
                )
            ),
            (kept, language.says("kept", ko: "보존")), (left, language.says("left as they are", ko: "그대로 둠")),
        ]
        return parts.filter { $0.0 > 0 }.map { count, words in
            language.says("\(count) \(words)", ko: "\(words) \(count)개")
        }.joined(separator: ", ")
    }
}
