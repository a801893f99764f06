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
        let hidden = lines.count - room + 1
        let more = style.language.says(
            "    … \(hidden) lines more: `migrate status`",
            ko: "    … \(hidden)줄 더 있음: `migrate status`"
        )
        let shown = lines.count <= room ? lines : lines.prefix(room - 4) + [Line(more, .faint)] + lines.suffix(3)
        return shown.map { Row($0, style) }
    }

    private static func page(of snapshot: RunSnapshot, at now: Timestamp, style: Style, showsAll: Bool) -> Page {
        var page = Page(style)
        addHead(of: snapshot, at: now, to: &page)
        page.blank()
        addPhases(of: snapshot, at: now, showsAll: showsAll, to: &page)
        addProblems(of: snapshot, to: &page)
        let language = style.language
        addList(language.says("kept", ko: "보존"), snapshot.kept, to: &page)
        let skipped = language.says("skipped (not exercised)", ko: "건너뜀 (실행하지 않음)")
        addList(skipped, snapshot.notExercised, to: &page)
        addUntold(of: snapshot, to: &page)
        page.blank()
        NextAct.add(for: snapshot, at: now, to: &page)
        return page
    }

    private static func addHead(of snapshot: RunSnapshot, at now: Timestamp, to page: inout Page) {
        var title = Line("\(snapshot.runbook) · \(snapshot.environment)", .strong)
        let language = page.style.language
        if snapshot.run > 0 {
            title.add(language.says(" · run \(snapshot.run)", ko: " · 실행 \(snapshot.run)"), .strong)
        }
        title.add("  \(snapshot.title.text(in: language))")
        page.add(title)
        page.wrap(words(for: snapshot, in: language), tone(of: snapshot.status))
        if let startedAt = snapshot.startedAt {
            page.wrap(begun(snapshot, at: startedAt, now: now, in: language), .faint)
        }
        let scale = snapshot.timeScale
        if scale != 1 {
            page.add(
                language.says("rehearsal: every wait is divided by \(scale)", ko: "리허설: 모든 대기 시간 1/\(scale)"),
                .caution
            )
        }
        if let holder = snapshot.holder { addHolder(holder, snapshot.holderLoss, at: now, to: &page) }
    }

    private static func addHolder(
        _ holder: LeaseRecord,
        _ loss: RunSnapshot.HolderLoss?,
        at now: Timestamp,
        to page: inout Page
    ) {
        let language = page.style.language
        let renewed = ReportTime.distance(of: holder.renewedAt, from: now, in: language)
        let who = ReportWords.text(of: holder, in: language)
        let ticks = holder.processStart.prefix { $0 != "@" }
        switch loss {
        case nil:
            page.wrap(language.says("held by \(who), renewed \(renewed)", ko: "점유: \(who), 갱신 \(renewed)"), .faint)
        case .gone?:
            page.wrap(
                language.says(
                    "its holder is gone: \(who), started \(ticks) ticks after boot, runs no more; it held on last "
                        + "\(renewed), and the next `migrate run` or `migrate back-out` takes over by itself",
                    ko: "점유하던 프로세스가 사라짐: \(who), 부팅 후 \(ticks)틱에 시작, 더는 실행되지 않음; 마지막 갱신 \(renewed), "
                        + "다음 `migrate run` 또는 `migrate back-out`이 저절로 넘겨받음"
                ),
                .caution
            )
        case .silent?:
            page.wrap(
                language.says(
                    "its holder is silent: \(who), started \(ticks) ticks after boot, held on last \(renewed); look there "
                        + "whether it runs, and if not type `migrate takeover`",
                    ko: "점유한 프로세스의 응답 없음: \(who), 부팅 후 \(ticks)틱에 시작, 마지막 갱신 \(renewed); 그 호스트에서 실행 중인지 "
                        + "확인하고, 아니면 `migrate takeover`"
                ),
                .caution
            )
        }
    }

    /// When and by whom it was begun, and how much has happened.
    private static func begun(
        _ snapshot: RunSnapshot,
        at startedAt: Timestamp,
        now: Timestamp,
        in language: Language
    ) -> String {
        let distance = ReportTime.distance(of: startedAt, from: now, in: language)
        var parts = [
            language.says(
                "begun \(startedAt) by \(snapshot.initiator), \(distance)",
                ko: "\(startedAt) \(snapshot.initiator) 시작, \(distance)"
            )
        ]
        parts.append(
            language.says(ReportWords.count(snapshot.events, "event"), ko: "이벤트 \(snapshot.events)개")
        )
        if let changedAt = snapshot.changedAt {
            let last = ReportTime.distance(of: changedAt, from: now, in: language)
            parts.append(language.says("the last \(last)", ko: "마지막 \(last)"))
        }
        return parts.joined(separator: "; ")
    }

    /// How the run stands, in a sentence.
    static func words(for snapshot: RunSnapshot, in language: Language) -> String {
        switch snapshot.status {
        case .pending: language.says("nothing has run yet", ko: "아직 실행한 것이 없음")
        case .inProgress:
            snapshot.holder == nil
                ? language.says("in progress, nobody at work", ko: "진행 중, 작업 중인 프로세스 없음")
                : language.says("in progress", ko: "진행 중")
        case .waiting: waitingWords(for: snapshot, in: language)
        case .paused: pauseWords(for: snapshot, in: language)
        case .canceled: language.says("canceled", ko: "취소됨")
        case .succeeded: language.says("succeeded", ko: "성공")
        case .succeededWithExceptions: language.says("succeeded, with steps left out", ko: "성공, 제외한 단계 있음")
        case .rollingBack: language.says("going back", ko: "되돌리는 중")
        case .rolledBack: language.says("rolled back", ko: "되돌림")
        case .rollbackFailed:
            snapshot.end.map { ReportWords.text(of: $0, in: language) }
                ?? language.says("a step could not be undone", ko: "되돌리지 못한 단계가 있음")
        case .interrupted:
            language.says(
                "interrupted: the process at work is gone; nothing is lost",
                ko: "중단됨: 작업하던 프로세스가 사라짐; 잃은 것은 없음"
            )
        }
    }

    private static func pauseWords(for snapshot: RunSnapshot, in language: Language) -> String {
        guard let reason = snapshot.pause?.text(in: language) else {
            return snapshot.end.map { ReportWords.text(of: $0, in: language) } ?? language.says("paused", ko: "일시 중지")
        }
        if snapshot.isPauseSettled {
            return language.says("paused, and settled since: \(reason)", ko: "일시 중지, 이후 해결됨: \(reason)")
        }
        guard snapshot.holder != nil else { return language.says("paused: \(reason)", ko: "일시 중지: \(reason)") }
        return language.says(
            "paused, watching the traffic that is away: \(reason)",
            ko: "일시 중지, 새 환경으로 간 트래픽을 감시 중: \(reason)"
        )
    }

    private static func waitingWords(for snapshot: RunSnapshot, in language: Language) -> String {
        let steps = snapshot.steps
        if let shut = steps.first(where: { $0.state == "blocked" }) {
            let until = shut.waitsUntil.map(\.clockText)
            return language.says(
                "waiting for the change window of `\(shut.id)`\(until.map { " until \($0)" } ?? "")",
                ko: "`\(shut.id)`의 변경 창 대기 중\(until.map { ", \($0)까지" } ?? "")"
            )
        }
        if let asking = steps.first(where: { $0.state == "waiting_approval" }) {
            return asking.approval.map { language.says("waiting for approval `\($0)`", ko: "승인 `\($0)` 대기 중") }
                ?? language.says("waiting for a person to do `\(asking.id)`", ko: "사람이 `\(asking.id)` 작업을 하기를 기다리는 중")
        }
        guard let until = steps.compactMap(\.waitsUntil).min()?.clockText else {
            return language.says("waiting", ko: "대기 중")
        }
        return language.says("waiting until \(until)", ko: "\(until)까지 대기 중")
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
        let language = page.style.language
        let troubled = snapshot.steps.filter { $0.problem != nil }
        for step in troubled.prefix(problemsShown) {
            guard let problem = step.problem else { continue }
            page.blank()
            let mark = StateMark(word: step.state)
            var head = Line("\(mark.sign) ", mark.tone)
            head.add("\(step.id)", .strong)
            head.add("  \(step.kind), \(StateMark.name(of: step.state, in: language))")
            let attempts = step.attempts
            if attempts > 1 { head.add(language.says(", attempt \(attempts)", ko: ", 시도 \(attempts)")) }
            page.add(head)
            page.wrap(problem.message, behind: Line("  "), indent: 2)
            if let hint = problem.hint {
                page.wrap(hint, behind: Line(language.says("  hint: ", ko: "  힌트: ")), indent: 8)
            }
        }
        if troubled.count > problemsShown {
            let more = troubled.count - problemsShown
            page.blank()
            page.add(
                language.says(
                    "\(more) more: `migrate show STEP` tells what is wrong with each",
                    ko: "외 \(more)개: 각 원인은 `migrate show STEP`"
                )
            )
        }
    }

    /// That people could not be told, in one line.
    private static func addUntold(of snapshot: RunSnapshot, to page: inout Page) {
        let untold = (snapshot.notices ?? []).filter { $0.fate?.problem != nil }
        guard let last = untold.last, let problem = last.fate?.problem else { return }
        let count = ReportWords.count(untold.count, "notice")
        let words = page.style.language.says(
            "\(count) could not be told, the last of `\(last.id.notice)`: \(problem.message); `migrate log` has each",
            ko: "알림 \(untold.count)개를 보내지 못함, 마지막은 `\(last.id.notice)`: \(problem.message); "
                + "각각은 `migrate log`"
        )
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
