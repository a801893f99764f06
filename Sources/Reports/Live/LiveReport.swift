import MigrateCore

/// What a run is at just now: the few lines at the foot of the terminal that carries it.
public enum LiveReport {
    /// Rows for a terminal of `height` lines.
    ///
    /// - Parameters:
    ///   - snapshot: the run.
    ///   - notes: how far each wait is, by step.
    ///   - now: time to count from.
    ///   - style: layout.
    ///   - height: lines of the terminal.
    /// - Returns: at most half of the terminal, so that what happened before stays in sight.
    public static func rows(
        of snapshot: RunSnapshot,
        notes: [StepID: String],
        at now: Timestamp,
        style: Style,
        height: Int
    ) -> [Row] {
        let language = style.language
        var page = Page(style)
        addHead(of: snapshot, at: now, to: &page)
        let room = max(2, min(10, height / 2 - 3))
        let working = snapshot.steps.filter {
            $0.startedAt != nil && $0.endedAt == nil && !isOver($0)
        }
        let width = Page.width(of: working.prefix(room).map(\.id))
        for step in working.prefix(room) {
            page.add(line(of: step, note: notes[step.id], width: width, at: now, in: language))
        }
        let more = working.count - room
        if more > 0 {
            page.add(language.says("    … \(more) more at work", ko: "    … 작업 중 \(more)개 더"), .faint)
        }
        page.add(
            language.says(
                "  Ctrl-C: stop after the call in hand · elsewhere: migrate pause, back-out",
                ko: "  Ctrl-C: 진행 중인 호출까지만 하고 멈춤 · 다른 터미널: migrate pause, back-out"
            ),
            .faint
        )
        return page.lines.map { Row($0, style) }
    }

    private static func isOver(_ step: StepSnapshot) -> Bool {
        step.isPassed
            || ["pending", "failed", "canceled", "rolled_back", "kept", "rollback_skipped"].contains(step.state)
    }

    /// Where the run is: phase, steps, time.
    private static func addHead(of snapshot: RunSnapshot, at now: Timestamp, to page: inout Page) {
        let isGoingBack = snapshot.status == .rollingBack
        let steps = snapshot.steps
        let passed = isGoingBack ? steps.count { $0.state == "rolled_back" } : steps.count(where: \.isPassed)
        let whole = isGoingBack ? steps.count { $0.isOwned || $0.state == "rolled_back" } : steps.count
        var head = Line("── ", .faint)
        head.add("\(snapshot.runbook) · \(snapshot.environment)", .strong)
        let phase = isGoingBack ? nil : snapshot.phases.first { $0.startedAt != nil && !$0.isPassed }
        let language = page.style.language
        if let phase {
            let title = phase.title.text(in: language)
            head.add("  \(phase.id) \(title)")
            let count = phase.steps.count(where: \.isPassed)
            head.add("  \(count)/\(phase.steps.count)", .strong)
            let taken = ReportTime.taken(phase.startedAt.map { now - $0 }, of: phase.planned, in: language)
            let isLate = phase.planned.map { now - (phase.startedAt ?? now) > $0 } ?? false
            head.add("  \(taken)", isLate ? .caution : .faint)
        }
        let word = isGoingBack ? language.says("undone", ko: "되돌림") : language.says("in all", ko: "전체")
        head.add("  \(word) \(passed)/\(whole)", .faint)
        page.add(head)
    }

    private static func line(
        of step: StepSnapshot,
        note: String?,
        width: Int,
        at now: Timestamp,
        in language: Language
    ) -> Line {
        let mark = StateMark(word: step.state)
        let state = StateMark.name(of: step.state, in: language)
        var line = Line("  \(mark.sign) ", mark.tone)
        line.add(step.id, to: width)
        if let until = step.waitsUntil {
            let clock = until.clockText
            line.add(language.says("  \(state) until \(clock)", ko: "  \(state) \(clock)까지"), mark.tone)
            let left = (until - now).shortText(in: language)
            line.add(
                until > now
                    ? language.says(", \(left) left", ko: ", \(left) 남음") : language.says(", over", ko: ", 지남"),
                .strong
            )
        } else {
            line.add("  \(state)", mark.tone)
            if let startedAt = step.startedAt { line.add(" \((now - startedAt).shortText(in: language))", .faint) }
        }
        if let note = note ?? step.note { line.add("  \(note)") }
        return line
    }
}
