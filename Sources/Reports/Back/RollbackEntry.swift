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
        /// Leave it, for a reason.
        case leave(String)
        /// Find out first whether it happened.
        case settle(String)

        /// Word for JSON.
        var word: String {
            switch self {
            case .undo: "undo"
            case .homeward: "traffic_home"
            case .action: "action"
            case .keep: "keep"
            case .leave: "leave"
            case .settle: "in_doubt"
            }
        }

        /// Words for people.
        var text: String {
            switch self {
            case .undo(let summary): "undo: \(summary)"
            case .homeward: "traffic goes home first, all of it in one call"
            case .action(let kind): "undone by `\(kind)`, as the runbook says"
            case .keep: "kept; `--include-kept` undoes it too"
            case .leave(let reason): "left as it is: \(reason)"
            case .settle(let problem): "in doubt: \(problem)"
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
            act = .settle(problem.message)
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
        case .notNeeded: .leave("nothing to undo")
        case .keep: includesKept ? .undo(owned.change.summary) : .keep
        case .none(let reason): .leave(reason)
        case .action(let call): .action(kind: call.kind)
        case .captured: step.traffic == .away ? .homeward : .undo(owned.change.summary)
        }
    }
}
