import MigrateCore

/// The calls in hand did not end in time after somebody wanted to stop.
///
/// They are on record without an outcome; the next session finds out what became of them, and waits for programs.
public struct StopOverdue: Error, Sendable, Hashable {
    /// Steps whose calls are in flight.
    public let steps: [StepID]

    /// Makes the error.
    public init(steps: [StepID]) { self.steps = steps }
}
