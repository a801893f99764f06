import MigrateCore

/// Where a run stands, for the terminal.
public enum StatusReport {
    /// Text of `snapshot` at the time `now`.
    public static func text(of snapshot: RunSnapshot, at now: Timestamp, style: Style) -> String {
        var lines = [head(snapshot, style)]
        lines += facts(snapshot, at: now)
        for phase in snapshot.phases { lines += [""] + text(of: phase, at: now, style: style) }
        if !snapshot.kept.isEmpty {
            lines += ["", "kept on purpose:"] + snapshot.kept.map { "  \($0)" }
        }
        if !snapshot.notExercised.isEmpty {
            lines += ["", "not exercised:"] + snapshot.notExercised.map { "  \($0)" }
        }
        lines += ["", next(snapshot)]
        return lines.joined(separator: "\n")
    }

    private static func head(_ snapshot: RunSnapshot, _ style: Style) -> String {
        let title = snapshot.title.text(in: style.language)
        let name = "\(snapshot.runbook) · \(snapshot.environment)" + (snapshot.run > 0 ? " · run \(snapshot.run)" : "")
        return style.ink(title, .strong) + "\n" + name + " · " + style.ink(words(snapshot.status), ink(snapshot.status))
    }

    private static func ink(_ status: RunSnapshot.Status) -> Style.Ink? {
        switch status {
        case .succeeded: .good
        case .rollbackFailed, .interrupted: .bad
        case .paused, .waiting, .succeededWithExceptions: .careful
        case .inProgress, .rollingBack: .busy
        case .pending, .rolledBack: .quiet
        }
    }

    private static func words(_ status: RunSnapshot.Status) -> String {
        switch status {
        case .pending: "not begun"
        case .inProgress: "in progress"
        case .waiting: "waiting"
        case .paused: "paused"
        case .succeeded: "succeeded"
        case .succeededWithExceptions: "succeeded, with exceptions"
        case .rollingBack: "rolling back"
        case .rolledBack: "rolled back"
        case .rollbackFailed: "rollback failed"
        case .interrupted: "interrupted: its process is gone"
        }
    }

    private static func facts(_ snapshot: RunSnapshot, at now: Timestamp) -> [String] {
        var facts: [String] = []
        if let started = snapshot.startedAt {
            facts.append("begun \(started) by \(snapshot.initiator), \(snapshot.events) events")
        }
        if let holder = snapshot.holder {
            facts.append(
                "held by \(holder.user)@\(holder.host), process \(holder.process): `\(holder.operation)` for "
                    + (now - holder.acquiredAt).shortText)
        }
        if snapshot.timeScale > 1 { facts.append("rehearsal: every wait divided by \(snapshot.timeScale)") }
        if let pause = snapshot.pause { facts.append("paused: \(words(pause))") }
        return facts
    }

    private static func words(_ pause: PauseReason) -> String {
        switch pause {
        case .byOperator(let who): "asked for by \(who)"
        case .failedStep(let step): "`\(step)` failed"
        case .inconclusive(let step): "`\(step)` could not tell"
        case .inDoubt(let step): "nobody can tell whether the change of `\(step)` happened"
        case .conflict(let step): "somebody changed what `\(step)` owns"
        case .requirement(let phase, let text): "\(phase) may not start: \(text)"
        case .approval(let step, let text): "`\(step)`: \(text)"
        }
    }

    private static func text(of phase: PhaseSnapshot, at now: Timestamp, style: Style) -> [String] {
        let done = phase.steps.filter { ["succeeded", "already_satisfied", "skipped"].contains($0.state) }.count
        var head = "\(phase.id)  \(phase.title.text(in: style.language))  \(done)/\(phase.steps.count)"
        if let started = phase.startedAt { head += "  \(((phase.endedAt ?? now) - started).shortText)" }
        if let planned = phase.planned { head += " of \(planned.shortText) planned" }
        let width = min(phase.steps.map { TextWidth.cells($0.id.rawValue) }.max() ?? 0, style.width / 2)
        return [style.ink(head, .strong)] + phase.steps.flatMap { line(for: $0, width: width, at: now, style: style) }
    }

    private static func line(for step: StepSnapshot, width: Int, at now: Timestamp, style: Style) -> [String] {
        let mark = style.ink(StateMark.mark(step.state, plain: style.isPlain), StateMark.ink(step.state))
        var note = step.note ?? step.title.text(in: style.language)
        if let until = step.waitsUntil { note = "\((until - now).shortText) left: \(note)" }
        if ["rolled_back", "canceled", "rolling_back", "verifying"].contains(step.state) {
            note = "\(step.state.replacing("_", with: " ")): \(note)"
        }
        let name = TextWidth.padded(TextWidth.cut(step.id.rawValue, to: width), to: width)
        let room = max(20, style.width - width - 6)
        let line = "  \(mark) \(name)  \(style.ink(TextWidth.cut(note, to: room), step.startedAt == nil ? .quiet : nil))"
        guard let problem = step.problem else { return [line] }
        var lines = [line, "      \(style.ink(problem.message, .bad))"]
        if let hint = problem.hint { lines.append("      hint: \(hint)") }
        return lines
    }

    private static func next(_ snapshot: RunSnapshot) -> String {
        switch snapshot.status {
        case .pending: return "next: `migrate run`"
        case .inProgress where snapshot.holder == nil, .interrupted:
            return "next: `migrate run` goes on from here"
        case .inProgress, .waiting, .rollingBack: return waiting(snapshot)
        case .succeeded, .succeededWithExceptions: return "`migrate verify` looks for drift; `migrate rollback --all` goes back"
        case .rolledBack: return "next: `migrate run` begins again"
        case .rollbackFailed: return "next: `migrate rollback --continue`, or with `--skip STEP --reason …`"
        case .paused: return paused(snapshot.pause)
        }
    }

    private static func waiting(_ snapshot: RunSnapshot) -> String {
        let asks = snapshot.phases.flatMap(\.steps).first { $0.state == "waiting_approval" }
        return asks.map { "waiting at `\($0.id)`; `migrate approve NAME` or `migrate back-out`" }
            ?? "`migrate back-out` brings traffic home at any time; `migrate pause` stops after the call in hand"
    }

    private static func paused(_ reason: PauseReason?) -> String {
        switch reason {
        case .inDoubt(let step)?: "next: look, then `migrate resolve \(step) --applied|--not-applied --reason …`"
        case .conflict?: "next: settle it, then `migrate rollback --continue`"
        case .failedStep(let step)?, .inconclusive(let step)?:
            "next: mend it, then `migrate run`; or `migrate skip \(step) --reason …`, or `migrate rollback`"
        case .byOperator?, .requirement?, .approval?, nil: "next: `migrate run` goes on from here; `migrate rollback` goes back"
        }
    }
}
