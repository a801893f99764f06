import MigrateCore

/// A run as Markdown, for a pull request, a wiki page or the summary of a job.
public enum MarkdownReport {
    /// Phases and what is wrong, in a few lines.
    public static func summary(of snapshot: RunSnapshot, at now: Timestamp, language: String) -> String {
        var lines = head(of: snapshot, at: now, language: language)
        lines += phases(of: snapshot, at: now, language: language)
        for step in snapshot.phases.flatMap(\.steps) {
            guard let problem = step.problem else { continue }
            let hint = problem.hint.map { " Hint: \(escaped($0))." } ?? ""
            lines.append("- **\(escaped(step.id.rawValue))** \(step.state): \(escaped(problem.message)).\(hint)")
        }
        lines += ["", "Next: \(escaped(NextAct.words(for: snapshot, at: now)))", ""]
        return lines.joined(separator: "\n")
    }

    /// Everything but the evidence, which `report --html` and `report --json` hold.
    ///
    /// - Parameters:
    ///   - snapshot: the run.
    ///   - document: the run's picture, as `RunPicture.document` gives it.
    ///   - now: time to count from.
    ///   - language: of titles.
    /// - Returns: Markdown with an end of line at its end.
    public static func text(
        of snapshot: RunSnapshot,
        document: Value,
        at now: Timestamp,
        language: String
    ) -> String {
        // Why not `now` otherwise: nothing goes on any more, and no phase takes longer for being looked at later.
        let now = snapshot.isSessionOpen ? now : snapshot.changedAt ?? now
        var lines = head(of: snapshot, at: now, language: language)
        lines += ["", "## Phases", ""] + phases(of: snapshot, at: now, language: language)
        for phase in snapshot.phases where phase.startedAt != nil {
            lines += ["", "## \(escaped(phase.id.rawValue)): \(escaped(phase.title.text(in: language)))", ""]
            lines += steps(of: phase, language: language)
        }
        lines += shifts(document["shifts"]) + approvals(document["approvals"]) + deviations(document["deviations"])
        if !snapshot.kept.isEmpty { lines += ["", "## Kept on purpose", "", escaped(ReportWords.list(snapshot.kept))] }
        lines += ["", "## Record", ""]
        lines.append(
            "\(ReportWords.count(snapshot.events, "event")), each with the hash of the one before it; the last:"
        )
        lines += ["", "    \(document["run"]["chain"]["head"].string ?? "none yet")", ""]
        return lines.joined(separator: "\n")
    }

    private static func head(of snapshot: RunSnapshot, at now: Timestamp, language: String) -> [String] {
        var lines = ["# \(escaped(snapshot.title.text(in: language)))", ""]
        let run = snapshot.run > 0 ? ", run \(snapshot.run)" : ""
        lines.append(
            "`\(snapshot.runbook)` in `\(snapshot.environment)`\(run): **\(escaped(StatusReport.words(for: snapshot)))**"
        )
        if let startedAt = snapshot.startedAt {
            let end = snapshot.changedAt ?? now
            lines += ["", "Begun \(startedAt) by \(escaped(snapshot.initiator)), last event \(end)."]
        }
        if snapshot.timeScale != 1 {
            lines += ["", "A rehearsal: every wait was divided by \(snapshot.timeScale)."]
        }
        return lines + [""]
    }

    private static func phases(of snapshot: RunSnapshot, at now: Timestamp, language: String) -> [String] {
        ["| phase | | steps | taken | planned |", "|---|---|---|---|---|"]
            + snapshot.phases.map { phase in
                let taken = phase.startedAt.map { ((phase.endedAt ?? now) - $0).shortText } ?? ""
                let passed = "\(phase.steps.count(where: \.isPassed)) of \(phase.steps.count)"
                return row([
                    phase.id.rawValue, phase.title.text(in: language), passed, taken, phase.planned?.shortText ?? "",
                ])
            }
    }

    private static func steps(of phase: PhaseSnapshot, language: String) -> [String] {
        ["| step | | state | taken | what was found |", "|---|---|---|---|---|"]
            + phase.steps.map { step in
                let taken = step.startedAt.flatMap { start in step.endedAt.map { ($0 - start).shortText } } ?? ""
                let note = step.problem.map(\.message) ?? step.note ?? ""
                return row([step.id.rawValue, step.title.text(in: language), step.state, taken, note])
            }
    }

    private static func shifts(_ shifts: Value) -> [String] {
        (shifts.array ?? []).filter { !($0["points"].array ?? []).isEmpty }.flatMap { shift in
            ["", "## Traffic: \(escaped(shift["step"].interpolated))", "", "| at | on the new side |", "|---|---|"]
                + (shift["points"].array ?? []).map { row([$0["at"].interpolated, "\($0["weight"].interpolated) %"]) }
        }
    }

    private static func approvals(_ approvals: Value) -> [String] {
        let given = (approvals.array ?? []).flatMap { approval in
            (approval["given"].array ?? []).map { one in
                row([
                    approval["name"].interpolated, one["by"].interpolated, one["at"].interpolated,
                    one["comment"].string ?? "", String((approval["digest"].string ?? "").prefix(16)),
                ])
            }
        }
        return given.isEmpty
            ? []
            : ["", "## Approvals", "", "| approval | by | at | comment | digest |", "|---|---|---|---|---|"] + given
    }

    private static func deviations(_ deviations: Value) -> [String] {
        let rows = (deviations.array ?? []).map { one in
            row([
                one["at"].interpolated, one["step"].string ?? "", one["kind"].interpolated, one["by"].string ?? "",
                one["reason"].string ?? "",
            ])
        }
        return rows.isEmpty
            ? []
            : ["", "## Where it went another way", "", "| at | step | | by | why |", "|---|---|---|---|---|"] + rows
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
