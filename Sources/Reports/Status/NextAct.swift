import MigrateCore

/// What a person does next, as the last line of a status says it.
public enum NextAct {
    /// One sentence with the commands to type.
    public static func words(for snapshot: RunSnapshot, at now: Timestamp) -> String {
        switch snapshot.status {
        case .canceled: "`migrate rollback --all` undoes what was done; `migrate run --new` begins another run"
        case .pending: "`migrate plan` shows what would happen, `migrate run` begins"
        case .inProgress: snapshot.holder == nil ? goOn(snapshot) : watch(snapshot)
        case .waiting: wait(snapshot, at: now)
        case .paused: afterPause(snapshot)
        case .succeeded, .succeededWithExceptions:
            "`migrate verify` asks every probe again; `migrate rollback` undoes the newest phase"
        case .rollingBack: "nothing to do: \(worker(snapshot)) is going back"
        case .rolledBack: afterRollback(snapshot)
        case .rollbackFailed: afterFailedRollback(snapshot)
        case .interrupted where snapshot.holderLoss == .silent:
            "once that process is gone for certain, `migrate takeover`; then `migrate run` goes on, `migrate back-out` "
                + "brings traffic home"
        case .interrupted:
            "`migrate run` goes on from here; `migrate back-out` brings traffic home, `migrate rollback` undoes steps"
        }
    }

    /// The same behind `next:`, in as many lines as it takes.
    public static func text(for snapshot: RunSnapshot, at now: Timestamp, style: Style) -> String {
        var page = Page(style)
        add(for: snapshot, at: now, to: &page)
        return page.text
    }

    static func add(for snapshot: RunSnapshot, at now: Timestamp, to page: inout Page) {
        page.wrap(words(for: snapshot, at: now), behind: Line("next: ", .strong), indent: 6)
    }

    private static func steps(_ snapshot: RunSnapshot) -> [StepSnapshot] { snapshot.phases.flatMap(\.steps) }

    private static func worker(_ snapshot: RunSnapshot) -> String {
        snapshot.holder.map { "\($0.user)@\($0.host)" } ?? "a process"
    }

    private static func goOn(_ snapshot: RunSnapshot) -> String {
        let phase = snapshot.phases.first { !$0.isPassed }?.id.rawValue ?? "what is left"
        return "`migrate run` goes on with \(phase)"
    }

    private static func watch(_ snapshot: RunSnapshot) -> String {
        "nothing to do: \(worker(snapshot)) is at work; `migrate pause` stops it, `migrate back-out` brings traffic home"
    }

    private static func wait(_ snapshot: RunSnapshot, at now: Timestamp) -> String {
        let all = steps(snapshot)
        if let step = all.first(where: { $0.state == "blocked" }), let until = step.waitsUntil {
            return "nothing to do before \(until.clockText), when the window of `\(step.id)` opens"
        }
        if let step = all.first(where: { $0.state == "waiting_approval" }) {
            if let name = step.approval {
                let until = step.waitsUntil.map { " before \($0.clockText)" } ?? ""
                return "`migrate approve \(name)` or `migrate reject \(name)`\(until)"
            }
            return
                "do what `migrate show \(ReportWords.argument(step.id))` asks for, then `migrate done \(ReportWords.argument(step.id))`"
        }
        if let until = all.compactMap(\.waitsUntil).min() {
            return "nothing to do before \(until.clockText), \(ReportTime.distance(of: until, from: now)); "
                + "`migrate back-out` brings traffic home"
        }
        return watch(snapshot)
    }

    private static func afterPause(_ snapshot: RunSnapshot) -> String {
        switch snapshot.pause {
        case .byOperator? where snapshot.holder != nil:
            return "`migrate resume` goes on, `migrate back-out` brings traffic home"
        case .byOperator?, .leaseLost?: return goOn(snapshot)
        case .failedStep(let step)?:
            let name = ReportWords.argument(step)
            return "`migrate show \(name)`; once mended `migrate run` tries it again, "
                + "or `migrate skip \(name) --reason WHY`"
        case .inconclusive? where snapshot.holder != nil:
            return "`migrate resume` asks again, `migrate back-out` brings traffic home"
        case .inconclusive(let step)?: return "`migrate show \(ReportWords.argument(step))`; `migrate run` asks again"
        case .inDoubt(let step)?:
            let name = ReportWords.argument(step)
            return "look whether it happened, then `migrate resolve \(name) --applied --reason WHY` or `--not-applied`"
        case .conflict(let step)?:
            let name = ReportWords.argument(step)
            return "`migrate show \(name)`, settle who is right, then `migrate run`; "
                + "`migrate back-out` brings traffic home"
        case .requirement(let phase, _)?, .drift(let phase, _)?:
            return "once that holds, \(goOn(snapshot)); `migrate accept \(phase) --reason WHY` lets it be"
        case .watch?: return "`migrate back-out` brings traffic home, `migrate run` goes on with it where it is"
        case .phaseTimedOut?: return goOn(snapshot)
        case .approval(let step, _)?:
            return "`migrate show \(ReportWords.argument(step))`; `migrate run` asks for the approval again"
        case nil: return afterEnd(snapshot)
        }
    }

    private static func afterEnd(_ snapshot: RunSnapshot) -> String {
        switch snapshot.end {
        case .backedOut?:
            "traffic is home; `migrate run` tries again, `migrate rollback` undoes what is left of the phase"
        case .goalReached?, .paused?, .rolledBack?, .rollbackFailed?, .stopped?, .answered?, nil: goOn(snapshot)
        }
    }

    private static func afterRollback(_ snapshot: RunSnapshot) -> String {
        let isOwned = steps(snapshot).contains { $0.isOwned && $0.state != "kept" && $0.state != "rollback_skipped" }
        if isOwned { return "`migrate rollback --all` undoes the rest; `migrate run` goes forward again" }
        if !snapshot.kept.isEmpty {
            return "`migrate run` begins a new run; `migrate rollback --all --include-kept` undoes what was kept too"
        }
        return "nothing is left to undo; `migrate run` begins a new run"
    }

    private static func afterFailedRollback(_ snapshot: RunSnapshot) -> String {
        let step = steps(snapshot).first { $0.state == "rollback_failed" }.map { ReportWords.argument($0.id) } ?? "STEP"
        return
            "`migrate show \(step)`; then `migrate rollback --continue`, or leave it by `--skip \(step) --reason WHY`"
    }
}
