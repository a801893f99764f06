import MigrateCore

/// What the loop grants to the worker that makes a change.
struct CallPermit: Sendable {
    /// Puts the program that makes the change on record.
    let record: @Sendable (ChildProgram) async throws -> Void
    /// Returns while the lease is certainly ours.
    ///
    /// Rule: asked right before the call leaves, with nothing awaited in between. Why: a process can stand still for
    /// minutes after its intent is durable, and wake up when another has taken over. What if you don't: it makes a
    /// change that the other has already made, undone or decided against.
    /// Throws: `LeaseLost`, and what the journal throws; the loop learns of it too.
    let demandLease: @Sendable () throws -> Void
}
