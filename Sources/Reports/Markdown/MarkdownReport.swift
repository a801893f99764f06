import MigrateCore

/// A run as Markdown, for a pull request, a wiki page or the summary of a job.
public enum MarkdownReport {
    /// Phases and what is wrong, in a few lines.
    public static func summary(of snapshot: RunSnapshot, at now: Timestamp, language: Language) -> String {
        var lines = head(of: snapshot, at: now, language: language)
        lines += phases(of: snapshot, at: now, language: language)
        for step in snapshot.steps {
            guard let problem = step.problem else { continue }
            let hint = problem.hint.map(escaped).map { language.says(" Hint: \($0).", ko: " 힌트: \($0).") } ?? ""
            let state = StateMark.name(of: step.state, in: language)
            lines.append("- **\(escaped(step.id.rawValue))** \(state): \(escaped(problem.message)).\(hint)")
        }
        let next = escaped(NextAct.words(for: snapshot, at: now, in: language))
        lines += ["", language.says("Next: \(next)", ko: "다음: \(next)"), ""]
        return lines.joined(separator: "\n")
    }

    /// Everything but the evidence, which `report --html` and `report --json` hold.
    ///
    /// - Parameters:
    ///   - snapshot: the run.
    ///   - document: the run's picture, as `RunPicture.document` gives it.
    ///   - now: time to count from.
    ///   - language: of titles and of our own phrases.
    /// - Returns: Markdown with an end of line at its end.
    public static func text(
        of snapshot: RunSnapshot,
        document: Value,
        at now: Timestamp,
        language: Language
    ) -> String {
        // Why not `now` otherwise: nothing goes on any more, and no phase takes longer for being looked at later.
        let now = snapshot.isSessionOpen ? now : snapshot.changedAt ?? now
        var lines = head(of: snapshot, at: now, language: language)
        lines += ["", language.says("## Phases", ko: "## 페이즈"), ""] + phases(of: snapshot, at: now, language: language)
        for phase in snapshot.phases where phase.startedAt != nil {
            lines += ["", "## \(escaped(phase.id.rawValue)): \(escaped(phase.title.text(in: language)))", ""]
            lines += steps(of: phase, language: language)
        }
        lines += shifts(document["shifts"], language) + approvals(document["approvals"], language)
        lines += deviations(document["deviations"], language)
        if !snapshot.kept.isEmpty {
            let title = language.says("## Kept on purpose", ko: "## 의도적으로 보존")
            lines += ["", title, "", escaped(ReportWords.list(snapshot.kept))]
        }
        return (lines + record(of: snapshot, document, language)).joined(separator: "\n")
    }

    private static func record(of snapshot: RunSnapshot, _ document: Value, _ language: Language) -> [String] {
        let head = document["run"]["chain"]["head"].string ?? language.says("none yet", ko: "아직 없음")
        return [
            "", language.says("## Record", ko: "## 기록"), "",
            language.says(
                "\(ReportWords.count(snapshot.events, "event")), each with the hash of the one before it; the last:",
                ko: "이벤트 \(snapshot.events)개, 각 이벤트에 바로 앞 이벤트의 해시를 담음; 마지막 해시:"
            ),
            "", "    \(head)", "",
        ]
    }

    private static func head(of snapshot: RunSnapshot, at now: Timestamp, language: Language) -> [String] {
        var lines = ["# \(escaped(snapshot.title.text(in: language)))", ""]
        let number = language.says(", run \(snapshot.run)", ko: ", 실행 \(snapshot.run)")
        let run = snapshot.run > 0 ? number : ""
        let name = language.says(
            "`\(snapshot.runbook)` in `\(snapshot.environment)`\(run)",
            ko: "`\(snapshot.environment)` 환경의 `\(snapshot.runbook)`\(run)"
        )
        lines.append("\(name): **\(escaped(StatusReport.words(for: snapshot, in: language)))**")
        if let startedAt = snapshot.startedAt {
            let (end, initiator) = (snapshot.changedAt ?? now, escaped(snapshot.initiator))
            lines.append("")
            lines.append(
                language.says(
                    "Begun \(startedAt) by \(initiator), last event \(end).",
                    ko: "\(startedAt) \(initiator) 시작, 마지막 이벤트 \(end)."
                )
            )
        }
        let scale = snapshot.timeScale
        if scale != 1 {
            let words = language.says(
                "A rehearsal: every wait was divided by \(scale).",
                ko: "리허설: 모든 대기 시간 1/\(scale)."
            )
            lines += ["", words]
        }
        return lines + [""]
    }

    private static func phases(of snapshot: RunSnapshot, at now: Timestamp, language: Language) -> [String] {
        let head = language.says("| phase | | steps | taken | planned |", ko: "| 페이즈 | | 단계 | 소요 | 계획 |")
        return [head, "|---|---|---|---|---|"]
            + snapshot.phases.map { phase in
                let taken = phase.startedAt.map { ((phase.endedAt ?? now) - $0).shortText(in: language) } ?? ""
                let (passed, all) = (phase.steps.count(where: \.isPassed), phase.steps.count)
                return row([
                    phase.id.rawValue, phase.title.text(in: language),
                    language.says("\(passed) of \(all)", ko: "\(all)개 중 \(passed)개"), taken,
                    phase.planned?.shortText(in: language) ?? "",
                ])
            }
    }

    private static func steps(of phase: PhaseSnapshot, language: Language) -> [String] {
        let head = language.says("| step | | state | taken | what was found |", ko: "| 단계 | | 상태 | 소요 | 확인한 내용 |")
        return [head, "|---|---|---|---|---|"]
            + phase.steps.map { step in
                let length = step.startedAt.flatMap { start in step.endedAt.map { $0 - start } }
                let note = step.problem.map(\.message) ?? step.note ?? ""
                return row([
                    step.id.rawValue, step.title.text(in: language), StateMark.name(of: step.state, in: language),
                    length?.shortText(in: language) ?? "", note,
                ])
            }
    }

    private static func shifts(_ shifts: Value, _ language: Language) -> [String] {
        (shifts.array ?? []).filter { !($0["points"].array ?? []).isEmpty }.flatMap { shift in
            let name = escaped(shift["step"].interpolated)
            let title = language.says("## Traffic: \(name)", ko: "## 트래픽: \(name)")
            return ["", title, "", language.says("| at | on the new side |", ko: "| 시각 | 새 환경 |"), "|---|---|"]
                + (shift["points"].array ?? []).map { row([$0["at"].interpolated, "\($0["weight"].interpolated) %"]) }
        }
    }

    private static func approvals(_ approvals: Value, _ language: Language) -> [String] {
        let given = (approvals.array ?? []).flatMap { approval in
            (approval["given"].array ?? []).map { one in
                row([
                    approval["name"].interpolated, one["by"].interpolated, one["at"].interpolated,
                    one["comment"].string ?? "", String((approval["digest"].string ?? "").prefix(16)),
                ])
            }
        }
        if given.isEmpty { return [] }
        let head = language.says("| approval | by | at | comment | digest |", ko: "| 승인 | 승인자 | 시각 | 메모 | 다이제스트 |")
        return ["", language.says("## Approvals", ko: "## 승인"), "", head, "|---|---|---|---|---|"] + given
    }

    private static func deviations(_ deviations: Value, _ language: Language) -> [String] {
        let rows = (deviations.array ?? []).map { one in
            row([
                one["at"].interpolated, one["step"].string ?? "", one["kind"].interpolated, one["by"].string ?? "",
                one["reason"].string ?? "",
            ])
        }
        if rows.isEmpty { return [] }
        let title = language.says("## Where it went another way", ko: "## 예외 사항")
        let head = language.says("| at | step | | by | why |", ko: "| 시각 | 단계 | | 누가 | 이유 |")
        return ["", title, "", head, "|---|---|---|---|---|"] + rows
    }

    private static func row(_ cells: [String]) -> String {
        "| \(cells.map(escaped).joined(separator: " | ")) |"
    }

    /// Text that Markdown takes as text, in one line.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in VisibleText.make(text) {
            if "\\`*_[]<>|#~".contains(character) { out.append("\\") }
            out.append(character)
        }
        return out
    }
}
