import Dispatch

/// Runs `work` on a thread of its own, where no task is at work.
///
/// Why: jobs are run from within it, and a job that ends would take the task around it along.
func onAThread<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}
