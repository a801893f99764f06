import Synchronization

/// What `work` or, where it takes longer, `other` comes to; the one that is later is cancelled.
///
/// Rule: `work` begins on the caller's thread, and `other` begins only once `work` has to wait for something. Why: a
/// thread that is woken for each stage of a step costs more than most stages do.
/// Throws: what the first of them throws.
func race<Result: Sendable>(
    _ work: @escaping @Sendable () async throws -> Result,
    against other: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        let isOver = Mutex(false)
        group.addImmediateTask {
            defer { isOver.withLock { $0 = true } }
            return try await work()
        }
        if !isOver.withLock({ $0 }) { group.addTask { try await other() } }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { preconditionFailure("a group with a task has a first") }
        return first
    }
}
