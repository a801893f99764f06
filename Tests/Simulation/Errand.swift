import MigrateCore

/// What a process is started for.
struct Errand: Sendable {
    /// Command, for the story.
    var name: String
    /// Goal, worked out from the run as it is found.
    var goal: @Sendable (RunState) throws -> RunGoal
    /// Requests of the command itself.
    var acts: [RunRequest.Act] = []
    /// Whether it may take the lease of a holder that does not renew it.
    var takesOver = false
    /// Steps side by side.
    var parallel = 8
    /// Whether it stops after each step.
    var isStepByStep = false

    /// Goes forward to the end.
    static func forward(acts: [RunRequest.Act] = []) -> Errand {
        Errand(name: "run", goal: { _ in .forward(from: nil, through: nil, only: nil) }, acts: acts)
    }

    /// Undoes `scope`.
    static func rollback(_ scope: RollbackScope, includeKept: Bool, acts: [RunRequest.Act] = []) -> Errand {
        Errand(
            name: "rollback \(scope)",
            goal: { .rollback(try $0.rollbackSteps(scope, includeKept: includeKept), includeKept: includeKept) },
            acts: acts
        )
    }

    /// Takes in requests.
    static func answer(_ acts: [RunRequest.Act]) -> Errand {
        Errand(name: "answer", goal: { _ in .answer }, acts: acts)
    }

    /// Brings traffic home.
    static let backOut = Errand(name: "back-out", goal: { _ in .backOut(reason: "asked") })
}
