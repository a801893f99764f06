import MigrateCore

/// What happened to steps and to their changes.
extension EventLine {
    /// Sign and words for `fact`; nil for what is of no interest to people.
    static func words(for fact: StepFact) -> (mark: String, text: String)? {
        switch fact {
        case .started, .conditionHeld, .personAsked, .succeeded: nil
        case .windowClosed(let until, let reason): ("…", "\(reason); waiting until \(until)")
        case .windowOpened: nil
        case .surveyed(let subject): ("?", "the approval covers \(ReportWords.count(subject.steps.count, "step"))")
        case .approvalRevoked(let person): ("-", "\(person) took the approval back")
        case .approvalsDropped(let reason): ("!", "approvals dropped: \(reason)")
        case .drifted(let problem): ("≠", "no longer holds: \(problem.message)\(hint(problem))")
        case .driftCleared: ("✓", "holds again")
        case .skipped(let reason, _): ("-", "skipped: \(reason)")
        case .probed(let summary, _): ("✓", summary)
        case .foundSatisfied(let summary, _): ("=", summary)
        case .soakStarted(let until): ("…", "waiting until \(until.clockText)")
        case .approvalAsked(let until): ("?", "waiting for approval until \(until.clockText)")
        case .approvalGiven(let approval): ("✓", "approved by \(approval.by)")
        case .failed(let failure): ("✗", "\(failure.kind.rawValue): \(failure.problem.message)\(hint(failure.problem))")
        case .stalled(let problem): ("!", "\(problem.message)\(hint(problem))")
        case .reset: ("↻", "will be tried again")
        case .canceled: ("-", "ended early")
        case .rollbackSkipped(let reason, _): ("-", "not undone: \(reason)")
        case .kept: ("-", "kept")
        }
    }

    /// Sign and words for `fact` of one try at a change; nil for what is of no interest to people.
    static func words(for fact: ChangeFact, _ attempt: Attempt) -> (mark: String, text: String)? {
        let way = attempt.direction == .forward ? "" : attempt.direction == .back ? "undo: " : "home: "
        switch fact {
        case .returnStarted, .programStarted, .applied: return nil
        case .intended(let change, _): return ("→", "\(way)\(change.summary)")
        case .notApplied(let problem): return ("!", "\(way)refused: \(problem.message)")
        case .outcomeUnknown(let problem): return ("!", "\(way)outcome unknown: \(problem.message)")
        case .foundNotApplied: return ("↻", "\(way)it had not happened; trying again")
        case .settled(_, let summary, _): return ("✓", "\(way)\(summary)")
        case .inDoubt(let problem): return ("?", "\(way)in doubt: \(problem.message)\(hint(problem))")
        case .resolved(let applied, let reason, let by):
            return ("✓", "\(way)\(by) says it \(applied ? "happened" : "did not happen"): \(reason)")
        case .returnDelayed(let problem): return ("!", "\(way)could not be looked at: \(problem.message)")
        case .returnNotNeeded(let summary): return ("=", "\(way)\(summary)")
        case .returnFailed(let problem): return ("✗", "\(way)failed: \(problem.message)\(hint(problem))")
        case .conflicted(let expected, let found, let before, let byHand):
            let lines = Conflict(before: before, ours: expected, theirs: found).versions.map { name, words in
                "\n            \(name)\(String(repeating: " ", count: 8 - name.count))\(words)"
            }
            let advice = attempt.direction == .home ? returnAdvice(byHand) : ""
            return ("✗", "\(way)changed by somebody else; nothing was touched" + lines.joined() + advice)
        }
    }

    /// What to do about traffic that could not be brought home.
    private static func returnAdvice(_ byHand: String?) -> String {
        "\n          hint: put it back as `ours` says, then `migrate back-out`"
            + (byHand.map { "; or bring it home from `theirs` by hand:\n          \($0)" } ?? "")
    }

    private static func hint(_ problem: Problem) -> String { problem.hint.map { "\n          hint: \($0)" } ?? "" }
}
