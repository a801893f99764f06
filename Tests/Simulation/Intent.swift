import MigrateCore

/// A change on record, and what the world saw of it.
final class Intent {
    /// Try that it belongs to.
    let attempt: Attempt
    /// Change, as the journal has it.
    let change: Change
    /// Lease under which it was written.
    let epoch: Int
    /// Moment at which the world was last looked at before it.
    let preparedAt: Int
    /// Calls that left for it.
    var sends = 0
    /// When the last of them left.
    var sentAt: Timestamp?
    /// Calls that the service carried out.
    var executions = 0
    /// Process that was told that the call was carried out, while nothing on record says so.
    var answered: SimulatedProcess?
    /// Processes that still wait for an answer.
    var awaitedBy: Set<Int> = []

    /// Makes an intent that nothing has been done about.
    init(attempt: Attempt, change: Change, epoch: Int, preparedAt: Int) {
        self.attempt = attempt
        self.change = change
        self.epoch = epoch
        self.preparedAt = preparedAt
    }
}
