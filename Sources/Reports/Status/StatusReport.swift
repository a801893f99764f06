import MigrateCore

/// Where a run stands, on one screen; the last line says what to do next.
public enum StatusReport {
    /// Text for a terminal.
    ///
    /// - Parameters:
    ///   - snapshot: the run.
    ///   - now: time to count from.
    ///   - style: layout.
    ///   - showsAll: whether every step gets its line; otherwise those that a person may want to look at.
    /// - Returns: lines without an end of line at the end.
    public static func text(
        of snapshot: RunSnapshot,
        at now: Timestamp,
        style: Style = .unbounded,
        showsAll: Bool = false
    ) -> String {
        page(of: snapshot, at: now, style: style, showsAll: showsAll).text
    }

    /// Rows for a terminal of `height` lines, which they leave one of; what is left out comes from the middle, so that
    /// the head and what to do next are there.
    public static func rows(
        of snapshot: RunSnapshot,
        at now: Timestamp,
        style: Style,
        showsAll: Bool,
        height: Int
    ) -> [Row] {
        let lines = page(of: snapshot, at: now, style: style, showsAll: showsAll).lines
        let room = max(height - 1, 6)
        let shown =
            lines.count <= room
            ? lines
            : lines.prefix(room - 4) + [Line("    … \(lines.count - room + 1) lines more: `migrate status`", .faint)]
                + lines.suffix(3)
        return shown.map { Row($0, style) }
    }

    private static func page(of snapshot: RunSnapshot, at now: Timestamp, style: Style, showsAll: Bool) -> Page {
        var page = Page(style)
        addHead(of: snapshot, at: now, to: &page)
        page.blank()
        addPhases(of: snapshot, at: now, showsAll: showsAll, to: &page)
        addProblems(of: snapshot, to: &page)
        addList("kept", snapshot.kept, to: &page)
        addList("skipped (not exercised)", snapshot.notExercised, to: &page)
        addUntold(of: snapshot, to: &page)
        page.blank()
        NextAct.add(for: snapshot, at: now, to: &page)
        return page
    }

    private static func addHead(of snapshot: RunSnapshot, at now: Timestamp, to page: inout Page) {
        var title = Line("\(snapshot.runbook) · \(snapshot.environment)", .strong)
        if snapshot.run > 0 { title.add(" · run \(snapshot.run)", .strong) }
        title.add("  \(snapshot.title.text(in: page.style.language))")
        page.add(title)
        page.wrap(words(for: snapshot), tone(of: snapshot.status))
        if let startedAt = snapshot.startedAt {
            let distance = ReportTime.distance(of: startedAt, from: now)
            var parts = ["begun \(startedAt) by \(snapshot.initiator), \(distance)"]
            parts.append(ReportWords.count(snapshot.events, "event"))
            if let changedAt = snapshot.changedAt {
                parts.append("the last \(ReportTime.distance(of: changedAt, from: now))")
            }
            page.wrap(parts.joined(separator: "; "), .faint)
        }
        if snapshot.timeScale != 1 {
            page.add("rehearsal: every wait is divided by \(snapshot.timeScale)", .caution)
        }
        if let holder = snapshot.holder { addHolder(holder, snapshot.holderLoss, at: now, to: &page) }
    }

    private static func addHolder(
        _ holder: LeaseRecord,
        _ loss: RunSnapshot.HolderLoss?,
        at now: Timestamp,
        to page: inout Page
    ) {
        let renewed = ReportTime.distance(of: holder.renewedAt, from: now)
        let start = "started \(holder.processStart.prefix { $0 != "@" }) ticks after boot"
        switch loss {
        case nil: page.wrap("held by \(ReportWords.text(of: holder)), renewed \(renewed)", .faint)
        case .gone?:
            page.wrap(
                "its holder is gone: \(ReportWords.text(of: holder)), \(start), runs no more; it held on last \(renewed), "
                    + "and the next `migrate run` or `migrate back-out` takes over by itself",
                .caution
            )
        case .silent?:
            page.wrap(
                "its holder is silent: \(ReportWords.text(of: holder)), \(start), held on last \(renewed); look there "
                    + "whether it runs, and if not type `migrate takeover`",
                .caution
            )
        }
    }

    /// How the run stands, in a sentence.
    static func words(for snapshot: RunSnapshot) -> String {
        switch snapshot.status {
        case .pending: "nothing has run yet"
        case .inProgress: snapshot.holder == nil ? "in progress, nobody at work" : "in progress"
        case .waiting: waitingWords(for: snapshot)
        case .paused:
            switch (snapshot.pause, snapshot.end) {
            case (let reason?, _):
                "paused\(snapshot.holder == nil ? "" : ", watching the traffic that is away"): "
                    + ReportWords.text(of: reason)
            case (nil, let end?): ReportWords.text(of: end)
            case (nil, nil): "paused"
            }
        case .canceled: "canceled"
        case .succeeded: "succeeded"
        case .succeededWithExceptions: "succeeded, with steps left out"
        case .rollingBack: "going back"
        case .rolledBack: "rolled back"
        case .rollbackFailed: snapshot.end.map { ReportWords.text(of: $0) } ?? "a step could not be undone"
        case .interrupted: "interrupted: the process at work is gone; nothing is lost"
        }
    }

    private static func waitingWords(for snapshot: RunSnapshot) -> String {
        let steps = snapshot.phases.flatMap(\.steps)
        if let shut = steps.first(where: { $0.state == "blocked" }) {
            let until = shut.waitsUntil.map { " until \($0.clockText)" } ?? ""
            return "waiting for the change window of `\(shut.id)`\(until)"
        }
        if let asking = steps.first(where: { $0.state == "waiting_approval" }) {
            return asking.approval.map { "waiting for approval `\($0)`" } ?? "waiting for a person to do `\(asking.id)`"
        }
        return steps.compactMap(\.waitsUntil).min().map { "waiting until \($0.clockText)" } ?? "waiting"
    }

    private static func tone(of status: RunSnapshot.Status) -> Tone {
        switch status {
        case .pending: .plain
        case .inProgress, .rollingBack: .busy
        case .waiting, .paused, .canceled, .succeededWithExceptions, .interrupted: .caution
        case .succeeded, .rolledBack: .good
        case .rollbackFailed: .bad
        }
    }

    private static func addProblems(of snapshot: RunSnapshot, to page: inout Page) {
        // Why not then: what went wrong on the way there is history once everything is undone.
        guard snapshot.status != .rolledBack else { return }
        let troubled = snapshot.phases.flatMap(\.steps).filter { $0.problem != nil }
        for step in troubled.prefix(problemsShown) {
            guard let problem = step.problem else { continue }
            page.blank()
            let mark = StateMark(word: step.state)
            var head = Line("\(mark.sign) ", mark.tone)
            head.add("\(step.id)", .strong)
            head.add("  \(step.kind), \(step.state)")
            if step.attempts > 1 { head.add(", attempt \(step.attempts)") }
            page.add(head)
            page.wrap(problem.message, behind: Line("  "), indent: 2)
            if let hint = problem.hint { page.wrap(hint, behind: Line("  hint: "), indent: 8) }
        }
        if troubled.count > problemsShown {
            page.blank()
            page.add("\(troubled.count - problemsShown) more: `migrate show STEP` tells what is wrong with each")
        }
    }

    /// That people could not be told, in one line.
    private static func addUntold(of snapshot: RunSnapshot, to page: inout Page) {
        let untold = (snapshot.notices ?? []).filter { $0.fate?.problem != nil }
        guard let last = untold.last, let problem = last.fate?.problem else { return }
        let count = ReportWords.count(untold.count, "notice")
        let words =
            "\(count) could not be told, the last of `\(last.id.notice)`: \(problem.message); `migrate log` has each"
        page.blank()
        page.wrap(words, .caution)
    }

    /// Problems shown in full, so that one screen holds them.
    private static let problemsShown = 4

    private static func addList(_ title: String, _ steps: [StepID], to page: inout Page) {
        guard !steps.isEmpty else { return }
        page.blank()
        page.wrap(ReportWords.list(steps), behind: Line("\(title): ", .strong), indent: 2)
    }
}
