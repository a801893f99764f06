import MigrateCore

/// What happened to steps and to their changes.
extension EventLine {
    /// Sign and words for `fact`; nil for what is of no interest to people.
    static func words(for fact: StepFact, in language: Language) -> (mark: String, text: String)? {
        switch fact {
        case .started, .conditionHeld, .succeeded, .windowOpened: nil
        case .personAsked:
            (
                "?",
                language.says(
                    "waits for a person; `migrate status` says what is to be done",
                    ko: "사람을 기다림; 할 일은 `migrate status`에 있음"
                )
            )
        case .windowClosed(let until, let reason):
            ("…", language.says("\(reason); waiting until \(until)", ko: "\(reason); \(until)까지 대기"))
        case .surveyed(let subject): ("?", covers(subject, in: language))
        case .approvalRevoked(let person):
            ("-", language.says("\(person) took the approval back", ko: "\(person)의 승인 철회"))
        case .approvalsDropped(let reason):
            ("!", language.says("approvals dropped: \(reason)", ko: "승인 무효: \(reason)"))
        case .drifted(let problem):
            (
                "≠",
                language.says("no longer holds: \(problem.message)", ko: "더는 유지되지 않음: \(problem.message)")
                    + hint(problem, in: language)
            )
        case .driftCleared: ("✓", language.says("holds again", ko: "다시 유지됨"))
        case .skipped(let reason, _): ("-", language.says("skipped: \(reason)", ko: "건너뜀: \(reason)"))
        case .probed(let summary, _): ("✓", summary)
        case .foundSatisfied(let summary, _): ("=", summary)
        case .soakStarted(let until):
            ("…", language.says("waiting until \(until.clockText)", ko: "\(until.clockText)까지 대기"))
        case .approvalAsked(let until):
            (
                "?",
                language.says(
                    "waiting for approval until \(until.clockText)",
                    ko: "승인 대기, \(until.clockText)까지"
                )
            )
        case .approvalGiven(let approval): ("✓", language.says("approved by \(approval.by)", ko: "\(approval.by) 승인"))
        case .failed(let failure):
            (
                "✗",
                "\(StateMark.name(of: failure.kind.rawValue, in: language)): \(failure.problem.message)"
                    + hint(failure.problem, in: language)
            )
        case .stalled(let problem): ("!", problem.message + hint(problem, in: language))
        case .reset: ("↻", language.says("will be tried again", ko: "다시 시도 예정"))
        case .canceled: ("-", language.says("ended early", ko: "일찍 종료"))
        case .rollbackSkipped(let reason, _): ("-", language.says("not undone: \(reason)", ko: "되돌리지 않음: \(reason)"))
        case .kept: ("-", language.says("kept", ko: "보존"))
        }
    }

    private static func covers(_ subject: ApprovalSubject, in language: Language) -> String {
        let count = subject.steps.count
        return language.says("the approval covers \(ReportWords.count(count, "step"))", ko: "승인 대상: 단계 \(count)개")
    }

    /// Sign and words for `fact` of one try at a change; nil for what is of no interest to people.
    static func words(
        for fact: ChangeFact,
        _ attempt: Attempt,
        in language: Language
    ) -> (mark: String, text: String)? {
        guard let (mark, text) = bareWords(for: fact, in: language) else {
            guard case .conflicted(let expected, let found, let before, let byHand) = fact else { return nil }
            let conflict = Conflict(before: before, ours: expected, theirs: found, byHand: byHand)
            return ("✗", way(attempt, in: language) + words(for: conflict, attempt, in: language))
        }
        return (mark, way(attempt, in: language) + text)
    }

    /// Which way a try goes, in front of what became of it.
    private static func way(_ attempt: Attempt, in language: Language) -> String {
        switch attempt.direction {
        case .forward: ""
        case .back: language.says("undo: ", ko: "되돌리기: ")
        case .home: language.says("home: ", ko: "트래픽 복귀: ")
        }
    }

    private static func bareWords(for fact: ChangeFact, in language: Language) -> (mark: String, text: String)? {
        switch fact {
        case .returnStarted, .programStarted, .applied, .conflicted: nil
        case .intended(let change, _): ("→", change.summary)
        case .notApplied(let problem):
            ("!", language.says("refused: \(problem.message)", ko: "거부됨: \(problem.message)"))
        case .outcomeUnknown(let problem):
            ("!", language.says("outcome unknown: \(problem.message)", ko: "결과 불명: \(problem.message)"))
        case .foundNotApplied:
            ("↻", language.says("it had not happened; trying again", ko: "적용되지 않았음; 다시 시도"))
        case .settled(_, let summary, _): ("✓", summary)
        case .inDoubt(let problem):
            (
                "?",
                language.says("in doubt: \(problem.message)", ko: "결과 불명: \(problem.message)")
                    + hint(problem, in: language)
            )
        case .resolved(true, let reason, let by):
            ("✓", language.says("\(by) says it happened: \(reason)", ko: "\(by) 판정, 적용됨: \(reason)"))
        case .resolved(false, let reason, let by):
            ("✓", language.says("\(by) says it did not happen: \(reason)", ko: "\(by) 판정, 적용되지 않음: \(reason)"))
        case .returnDelayed(let problem):
            ("!", language.says("could not be looked at: \(problem.message)", ko: "확인할 수 없었음: \(problem.message)"))
        case .returnNotNeeded(let summary): ("=", summary)
        case .returnFailed(let problem):
            (
                "✗",
                language.says("failed: \(problem.message)", ko: "실패: \(problem.message)")
                    + hint(problem, in: language)
            )
        }
    }

    /// Versions of what somebody else changed, under the names that hints have for them.
    private static func words(for conflict: Conflict, _ attempt: Attempt, in language: Language) -> String {
        let lines = conflict.versions.map { name, words in
            "\n            \(name)\(String(repeating: " ", count: 8 - name.count))\(words)"
        }
        let head = language.says("changed by somebody else; nothing was touched", ko: "다른 사람이 변경함; 아무것도 건드리지 않음")
        return head + lines.joined()
            + (attempt.direction == .home ? returnAdvice(conflict.byHand, in: language) : "")
    }

    /// What to do about traffic that could not be brought home.
    private static func returnAdvice(_ byHand: String?, in language: Language) -> String {
        language.says(
            "\n          hint: put it back as `ours` says, then `migrate back-out`"
                + (byHand.map { "; or bring it home from `theirs` by hand:\n          \($0)" } ?? ""),
            ko: "\n          힌트: `ours`대로 돌려놓은 뒤 `migrate back-out`"
                + (byHand.map { "; 또는 `theirs` 상태에서 직접 되돌리려면:\n          \($0)" } ?? "")
        )
    }

    private static func hint(_ problem: Problem, in language: Language) -> String {
        problem.hint.map { language.says("\n          hint: \($0)", ko: "\n          힌트: \($0)") } ?? ""
    }
}
