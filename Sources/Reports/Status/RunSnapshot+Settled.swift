import MigrateCore

extension RunSnapshot {
    /// Whether people have dealt with the step that the run paused for, so that nothing of it is left to do.
    ///
    /// Why: the session that paused is over, and a request beside it changes the step and not why it paused.
    var isPauseSettled: Bool {
        guard holder == nil else { return false }
        return switch pause {
        case .failedStep(let step)?, .inconclusive(let step)?, .conflict(let step)?, .approval(let step, _)?:
            steps.contains { $0.id == step && $0.problem == nil }
        case .inDoubt(let step)?:
            steps.contains { $0.id == step && $0.problem == nil } && !steps.contains { $0.state == "in_doubt" }
        case .byOperator?, .requirement?, .drift?, .leaseLost?, .watch?, .phaseTimedOut?, nil: false
        }
    }
}
