import MigrateCore

/// What comparing the kept lines of a run with its events found.
public struct StandingReport: Sendable, Hashable {
    /// Whether there are lines to compare; without them the run is replayed for whoever asks.
    public var isKept: Bool
    /// Whether the lines of the run and of its phases are what the events add up to.
    public var isRunTrue: Bool
    /// Steps whose lines are not.
    public var steps: [StepID]

    /// Makes a report.
    init(isKept: Bool, isRunTrue: Bool, steps: [StepID]) {
        self.isKept = isKept
        self.isRunTrue = isRunTrue
        self.steps = steps
    }

    /// Compares `kept` with what it should be.
    init(of kept: RunLines, comparedWith replayed: RunLines) {
        isKept = true
        isRunTrue =
            kept.run == replayed.run && kept.phases == replayed.phases && kept.steps.count == replayed.steps.count
        steps = zip(kept.steps, replayed.steps).filter { $0 != $1 }.map(\.1.id)
    }

    /// Whether nothing differs.
    public var isTrue: Bool { isRunTrue && steps.isEmpty }
}
