import MigrateCore

/// What a person does next, as the last line of a status says it.
public enum NextAct {
    /// One sentence with the commands to type.
    public static func words(for snapshot: RunSnapshot, at now: Timestamp, in language: Language) -> String {
        Words(snapshot: snapshot, now: now, language: language).text
    }

    /// The same behind `next:`, in as many lines as it takes.
    public static func text(for snapshot: RunSnapshot, at now: Timestamp, style: Style) -> String {
        var page = Page(style)
        add(for: snapshot, at: now, to: &page)
        return page.text
    }

    static func add(for snapshot: RunSnapshot, at now: Timestamp, to page: inout Page) {
        let language = page.style.language
        let head = Line(language.says("next: ", ko: "다음: "), .strong)
        page.wrap(words(for: snapshot, at: now, in: language), behind: head, indent: 6)
    }

    /// The sentence about one snapshot.
    fileprivate struct Words {
        let snapshot: RunSnapshot
        let now: Timestamp
        let language: Language
    }
}

extension NextAct.Words {
    fileprivate var text: String {
        switch snapshot.status {
        case .canceled:
            language.says(
                "`migrate rollback --all` undoes what was done; `migrate run --new` begins another run",
                ko: "한 일을 되돌리려면 `migrate rollback --all`, 새로 시작하려면 `migrate run --new`"
            )
        case .pending:
            language.says(
                "`migrate plan` shows what would happen, `migrate run` begins",
                ko: "무엇을 할지 미리 보려면 `migrate plan`, 시작하려면 `migrate run`"
            )
        case .inProgress: snapshot.holder == nil ? goOn : watch
        case .waiting: wait
        case .paused: afterPause
        case .succeeded, .succeededWithExceptions:
            language.says(
                "`migrate verify` asks every probe again; `migrate rollback` undoes the newest phase",
                ko: "모든 프로브를 다시 확인하려면 `migrate verify`, 마지막 페이즈를 되돌리려면 `migrate rollback`"
            )
        case .rollingBack:
            language.says("nothing to do: \(worker) is going back", ko: "할 일 없음: \(worker) 되돌리는 중")
        case .rolledBack: afterRollback
        case .rollbackFailed: afterFailedRollback
        case .interrupted where snapshot.holderLoss == .silent:
            language.says(
                "once that process is gone for certain, `migrate takeover`; then `migrate run` goes on, `migrate back-out` "
                    + "brings traffic home",
                ko: "그 프로세스가 확실히 사라졌으면 `migrate takeover`; 그다음 이어 가려면 `migrate run`, \(home)"
            )
        case .interrupted:
            language.says(
                "`migrate run` goes on from here; `migrate back-out` brings traffic home, `migrate rollback` undoes steps",
                ko: "여기서부터 이어 가려면 `migrate run`, \(home), 단계를 되돌리려면 `migrate rollback`"
            )
        }
    }

    /// Korean for what brings traffic home.
    private var home: String { "트래픽을 기존 환경으로 되돌리려면 `migrate back-out`" }

    private var worker: String {
        snapshot.holder.map { "\($0.user)@\($0.host)" } ?? language.says("a process", ko: "프로세스")
    }

    private var goOn: String {
        let phase = snapshot.phases.first { !$0.isPassed }?.id.rawValue
        return language.says(
            "`migrate run` goes on with \(phase ?? "what is left")",
            ko: "\(phase ?? "남은 것")부터 이어 가려면 `migrate run`"
        )
    }

    private var watch: String {
        language.says(
            "nothing to do: \(worker) is at work; `migrate pause` stops it, `migrate back-out` brings traffic home",
            ko: "할 일 없음: \(worker) 작업 중; 멈추려면 `migrate pause`, \(home)"
        )
    }

    private var wait: String {
        if let step = snapshot.steps.first(where: { $0.state == "blocked" }), let until = step.waitsUntil {
            return language.says(
                "nothing to do before \(until.clockText), when the window of `\(step.id)` opens",
                ko: "\(until.clockText)까지 할 일 없음: 그때 `\(step.id)`의 변경 창이 열림"
            )
        }
        if let step = snapshot.steps.first(where: { $0.state == "waiting_approval" }) { return ask(step) }
        if let until = snapshot.steps.compactMap(\.waitsUntil).min() {
            let distance = ReportTime.distance(of: until, from: now, in: language)
            return language.says(
                "nothing to do before \(until.clockText), \(distance); `migrate back-out` brings traffic home",
                ko: "\(until.clockText)까지 할 일 없음(\(distance)); \(home)"
            )
        }
        return watch
    }

    private func ask(_ step: StepSnapshot) -> String {
        if let name = step.approval {
            let until = step.waitsUntil.map(\.clockText)
            return language.says(
                "`migrate approve \(name)` or `migrate reject \(name)`\(until.map { " before \($0)" } ?? "")",
                ko: "\(until.map { "\($0)까지 " } ?? "")`migrate approve \(name)` 또는 `migrate reject \(name)`"
            )
        }
        let id = ReportWords.argument(step.id)
        return language.says(
            "do what `migrate show \(id)` asks for, then `migrate done \(id)`",
            ko: "`migrate show \(id)`에 적힌 작업을 직접 한 뒤 `migrate done \(id)`"
        )
    }

    private var afterPause: String {
        let isHeld = snapshot.holder != nil
        if snapshot.isPauseSettled { return afterSettling }
        return switch snapshot.pause {
        case .byOperator? where isHeld:
            language.says(
                "`migrate resume` goes on, `migrate back-out` brings traffic home",
                ko: "이어 가려면 `migrate resume`, \(home)"
            )
        case .byOperator?, .leaseLost?, .phaseTimedOut?: goOn
        case .inconclusive? where isHeld:
            language.says(
                "`migrate resume` asks again, `migrate back-out` brings traffic home",
                ko: "다시 확인하려면 `migrate resume`, \(home)"
            )
        case .failedStep(let step)?, .inconclusive(let step)?, .inDoubt(let step)?, .conflict(let step)?,
            .approval(let step, _)?:
            afterPause(at: ReportWords.argument(step))
        case .requirement(let phase, _)?, .drift(let phase, _)?:
            language.says(
                "once that holds, \(goOn); `migrate accept \(phase) --reason WHY` lets it be",
                ko: "조건이 갖춰진 뒤 \(goOn); 그대로 진행하려면 `migrate accept \(phase) --reason WHY`"
            )
        case .watch?:
            language.says(
                "`migrate back-out` brings traffic home, `migrate run` goes on with it where it is",
                ko: "\(home), 지금 트래픽 그대로 이어 가려면 `migrate run`"
            )
        case nil: afterEnd
        }
    }

    /// After a skip, a retry or a word about what was in doubt, with nobody at work.
    private var afterSettling: String {
        guard snapshot.steps.contains(where: { $0.state == "rolling_back" }) else { return goOn }
        return language.says(
            "`migrate rollback --continue` goes on with undoing",
            ko: "이어서 되돌리려면 `migrate rollback --continue`"
        )
    }

    /// What to do about the step `name`, as a shell takes it.
    private func afterPause(at name: String) -> String {
        switch snapshot.pause {
        case .failedStep?:
            language.says(
                "`migrate show \(name)`; once mended `migrate run` tries it again, or `migrate skip \(name) --reason WHY`",
                ko: "원인은 `migrate show \(name)`; 고친 뒤 다시 시도하려면 `migrate run`, "
                    + "건너뛰려면 `migrate skip \(name) --reason WHY`"
            )
        case .inconclusive?:
            language.says(
                "`migrate show \(name)`; `migrate run` asks again",
                ko: "원인은 `migrate show \(name)`; 다시 확인하려면 `migrate run`"
            )
        case .inDoubt?:
            language.says(
                "look whether it happened, then `migrate resolve \(name) --applied --reason WHY` or `--not-applied`",
                ko: "적용되었는지 직접 확인한 뒤 `migrate resolve \(name) --applied --reason WHY` 또는 `--not-applied`"
            )
        case .conflict?:
            language.says(
                "`migrate show \(name)`, settle who is right, then `migrate run`; "
                    + "`migrate back-out` brings traffic home",
                ko: "`migrate show \(name)`로 보고 누구의 변경이 맞는지 정한 뒤 `migrate run`; \(home)"
            )
        case .approval?:
            language.says(
                "`migrate show \(name)`; `migrate run` asks for the approval again",
                ko: "내용은 `migrate show \(name)`; 승인을 다시 요청하려면 `migrate run`"
            )
        case .byOperator?, .requirement?, .drift?, .leaseLost?, .watch?, .phaseTimedOut?, nil: goOn
        }
    }

    private var afterEnd: String {
        switch snapshot.end {
        case .backedOut?:
            language.says(
                "traffic is home; `migrate run` tries again, `migrate rollback` undoes what is left of the phase",
                ko: "트래픽은 기존 환경에 있음; 다시 시도하려면 `migrate run`, "
                    + "페이즈의 나머지를 되돌리려면 `migrate rollback`"
            )
        case .goalReached?, .paused?, .rolledBack?, .rollbackFailed?, .stopped?, .answered?, nil: goOn
        }
    }

    private var afterRollback: String {
        let isOwned = snapshot.steps.contains { $0.isOwned && $0.state != "kept" && $0.state != "rollback_skipped" }
        if isOwned {
            return language.says(
                "`migrate rollback --all` undoes the rest; `migrate run` goes forward again",
                ko: "나머지를 되돌리려면 `migrate rollback --all`, 다시 진행하려면 `migrate run`"
            )
        }
        // Why no word of a new run: what a person left and must never be made twice is asked about in this one.
        let begins =
            snapshot.steps.contains(where: \.isLeftByAPerson)
            ? language.says("`migrate run` begins again", ko: "다시 시작하려면 `migrate run`")
            : language.says("`migrate run` begins a new run", ko: "새로 시작하려면 `migrate run`")
        if !snapshot.kept.isEmpty {
            return language.says(
                "\(begins); `migrate rollback --all --include-kept` undoes what was kept too",
                ko: "\(begins), 보존한 것까지 되돌리려면 `migrate rollback --all --include-kept`"
            )
        }
        return language.says("nothing is left to undo; \(begins)", ko: "되돌릴 것이 없음; \(begins)")
    }

    private var afterFailedRollback: String {
        let step = snapshot.steps.first { $0.state == "rollback_failed" }.map { ReportWords.argument($0.id) } ?? "STEP"
        return language.says(
            "`migrate show \(step)`; then `migrate rollback --continue`, or leave it by `--skip \(step) --reason WHY`",
            ko: "원인은 `migrate show \(step)`; 이어서 되돌리려면 `migrate rollback --continue`, "
                + "그대로 두려면 `--skip \(step) --reason WHY`"
        )
    }
}

extension StepSnapshot {
    /// Whether a rollback would have undone the step, and somebody left it.
    fileprivate var isLeftByAPerson: Bool {
        isOwned && state == "rollback_skipped" && ["captured", "action"].contains(rollback)
    }
}
