import MigrateCore

extension RunSnapshot {
    /// Steps of all phases, in order.
    ///
    /// Why not as an array: a copy of ten thousand steps takes longer than looking through them.
    var steps: some Collection<StepSnapshot> { phases.lazy.flatMap(\.steps) }
}
