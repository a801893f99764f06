import MigrateCore

/// Phases and steps of a status.
extension StatusReport {
    static func addPhases(of snapshot: RunSnapshot, at now: Timestamp, showsAll: Bool, to page: inout Page) {
        // Why not `now` then: nothing goes on any more, and no phase takes longer for being looked at later.
        let now = snapshot.status == .rolledBack ? snapshot.changedAt ?? now : now
        let rows = snapshot.phases.map { PhaseRow(phase: $0, at: now, language: page.style.language) }
        let columns = Columns(rows: rows, limit: page.style.limit)
        for (row, phase) in zip(rows, snapshot.phases) {
            page.add(row.line(columns))
            addSteps(of: phase, of: snapshot.status, at: now, showsAll: showsAll, to: &page)
        }
    }

    private static func addSteps(
        of phase: PhaseSnapshot,
        of status: RunSnapshot.Status,
        at now: Timestamp,
        showsAll: Bool,
        to page: inout Page
    ) {
        // Why none then: after a rollback nothing is to come.
        let isGoingOn = status != .rolledBack
        let shown = showsAll ? phase.steps : noteworthy(phase, withNext: isGoingOn)
        let idWidth = Page.width(of: shown.map(\.id))
        for step in shown { page.add(line(of: step, idWidth: idWidth, at: now, in: page.style.language)) }
        guard isGoingOn, !shown.isEmpty else { return }
        let hidden = phase.steps.count { step in step.state == "pending" && !shown.contains { $0.id == step.id } }
        let language = page.style.language
        if hidden > 0 { page.add(language.says("      \(hidden) more to come", ko: "      이후 \(hidden)개 더"), .faint) }
    }

    /// Steps of a phase under way that are neither over nor far ahead; none of a phase that is whole or untouched.
    private static func noteworthy(_ phase: PhaseSnapshot, withNext: Bool) -> [StepSnapshot] {
        guard phase.startedAt != nil, !phase.isPassed else { return [] }
        let isAtRest = ["succeeded", "already_satisfied", "pending", "rolled_back", "kept"]
        let special = phase.steps.filter { !isAtRest.contains($0.state) }
        // Why only then: what comes next is told by the last line unless something is wrong or under way.
        let next = phase.steps.filter { $0.state == "pending" }.prefix(withNext && special.isEmpty ? 2 : 0)
        return special + next
    }

    private static func line(of step: StepSnapshot, idWidth: Int, at now: Timestamp, in language: Language) -> Line {
        let mark = StateMark(word: step.state)
        var line = Line("    \(mark.sign) ", mark.tone)
        line.add(step.id, to: idWidth)
        line.add("  \(StateMark.name(of: step.state, in: language))", mark.tone)
        if let until = step.waitsUntil {
            let distance = ReportTime.distance(of: until, from: now, in: language)
            let clock = until.clockText
            line.add(language.says(" until \(clock) (\(distance))", ko: " \(clock)까지 (\(distance))"), mark.tone)
        }
        if step.problem == nil, let note = step.note { line.add("  \(note)") }
        if step.endedAt == nil, let startedAt = step.startedAt, step.waitsUntil == nil {
            line.add("  \((now - startedAt).shortText(in: language))", .faint)
        }
        return line
    }

    /// What a phase's line says.
    private struct PhaseRow {
        var mark: StateMark
        var id: String
        var title: String
        var count: String
        var time: String
        var isLate: Bool

        init(phase: PhaseSnapshot, at now: Timestamp, language: Language) {
            id = phase.id.rawValue
            title = phase.title.text(in: language)
            let passed = phase.steps.count {
                ["succeeded", "already_satisfied", "skipped"].contains($0.state)
            }
            count = "\(passed)/\(phase.steps.count)"
            let taken = phase.startedAt.map { (phase.endedAt ?? now) - $0 }
            time = ReportTime.taken(taken, of: phase.planned, in: language)
            isLate = if let taken, let planned = phase.planned { taken > planned } else { false }
            mark = Self.mark(of: phase)
        }

        /// Mark of the state that says most about the phase.
        private static func mark(of phase: PhaseSnapshot) -> StateMark {
            if phase.isPassed { return StateMark(word: "succeeded") }
            let states = Set(phase.steps.map(\.state))
            let telling = [
                "rollback_failed", "in_doubt", "rolling_back", "rolled_back", "failed", "timed_out", "inconclusive",
                "waiting_approval", "soaking", "in_progress", "verifying", "prechecking", "ready", "canceled", "kept",
            ]
            if let state = telling.first(where: states.contains) { return StateMark(word: state) }
            return StateMark(word: phase.startedAt == nil ? "pending" : "in_progress")
        }

        func line(_ columns: Columns) -> Line {
            var line = Line("  \(mark.sign) ", mark.tone)
            line.add(id, to: columns.id, .strong)
            line.add("  ")
            line.add(title, to: columns.title)
            line.add("  ")
            line.addRight(count, to: columns.count)
            line.add("  \(time)", isLate ? .caution : .faint)
            return line
        }
    }

    /// Widths that all phases share.
    private struct Columns {
        var id: Int
        var title: Int
        var count: Int

        init(rows: [PhaseRow], limit: Int?) {
            func widest(_ text: (PhaseRow) -> String) -> Int { rows.map { TextWidth.cells(of: text($0)) }.max() ?? 0 }
            id = widest(\.id)
            count = widest(\.count)
            title = widest(\.title)
            guard let limit else { return }
            // Mark and gaps take 10 cells; the title gives way, since the numbers are what a status is for.
            title = max(8, min(title, limit - 10 - id - count - widest(\.time)))
        }
    }
}
