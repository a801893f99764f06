import MigrateCore

/// What a rollback would do about one step.
struct RollbackEntry: Sendable, Hashable {
    /// What it would do.
    enum Act: Sendable, Hashable {
        /// Put the before-image back.
        case undo(String)
        /// Undone in the one call that brings traffic home.
        case homeward
        /// Run the action that the runbook names.
        case action(kind: String)
        /// Leave it, on purpose.
        case keep
        /// Leave it, as there is nothing to undo.
        case nothing
        /// Leave it, for a reason.
        case leave(String)
        /// Find out first whether it happened.
        case settle(String)
        /// Have a person say first whether it was undone.
        case resolve(String)

        /// Word for JSON.
        var word: String {
            switch self {
            case .undo: "undo"
            case .homeward: "traffic_home"
            case .action: "action"
            case .keep: "keep"
            case .nothing, .leave: "leave"
            case .settle, .resolve: "in_doubt"
            }
        }

        /// Words for people.
        func text(in language: Language) -> String {
            switch self {
            case .undo(let summary): language.says("undo: \(summary)", ko: "되돌리기: \(summary)")
            case .homeward:
                language.says(
                    "traffic goes home first, all of it in one call",
                    ko: "트래픽부터 호출 한 번으로 모두 기존 환경으로 되돌림"
                )
            case .action(let kind):
                language.says("undone by `\(kind)`, as the runbook says", ko: "런북에 따라 `\(kind)` 작업으로 되돌림")
            case .keep: language.says("kept; `--include-kept` undoes it too", ko: "보존; 함께 되돌리려면 `--include-kept`")
            case .nothing: language.says("left as it is: nothing to undo", ko: "그대로 둠: 되돌릴 것 없음")
            case .leave(let reason): language.says("left as it is: \(reason)", ko: "그대로 둠: \(reason)")
            case .settle(let problem), .resolve(let problem):
                language.says("in doubt: \(problem)", ko: "결과 불명: \(problem)")
            }
        }
    }

    var step: StepID
    var act: Act
    /// What undoing would alter, as far as the journal knows.
    var difference: ImageDiff?

    /// Foresees what becomes of `id`; nil for a step that owns nothing.
    init?(step id: StepID, in state: RunState, includesKept: Bool) {
        guard let step = state.step(id), let record = state.record(of: id), let owned = record.owned else { return nil }
        self.step = id
        if case .inDoubt(_, _, let problem) = record.state {
            act = state.isReturnInDoubt(id) ? .resolve(problem.message) : .settle(problem.message)
        } else if case .rollbackSkipped(let reason) = record.state {
            act = .leave(reason)
        } else {
            act = Self.act(for: step, owned: owned, includesKept: includesKept)
        }
        if case .undo = act {
            difference = ImageDiff(from: owned.after ?? owned.change.to, to: owned.before)
        }
    }

    private static func act(for step: PlanStep, owned: OwnedChange, includesKept: Bool) -> Act {
        switch step.rollback {
        case .notNeeded: .nothing
        case .keep: includesKept ? .undo(owned.change.summary) : .keep
        case .none(let reason): .leave(reason)
        case .action(let call): .action(kind: call.kind)
        case .captured: step.traffic == .away ? .homeward : .undo(owned.change.summary)
        }
    }
}
