/// Whether one rollback could run now.
public struct StepReadiness: Sendable, Hashable {
    /// Step it would undo.
    public var step: StepID
    /// Finding.
    public var readiness: Readiness
    /// Makes a finding.
    public init(step: StepID, readiness: Readiness) {
        self.step = step
        self.readiness = readiness
    }

    /// Whether it blocks a phase that asks for readiness.
    public var blocks: Bool {
        switch readiness {
        case .ready, .notUndone: false
        case .stale, .impossible, .inDoubt, .unknown: true
        }
    }
}
