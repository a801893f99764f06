import Synchronization

/// The end of a child process, which comes once and can be waited for again and again.
final class ChildEnd: Sendable {
    /// Those who wait; nil once it has come.
    private let waiting = Mutex<[AsyncStream<Never>.Continuation]?>([])

    /// Says that it has come.
    func come() {
        let served = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting ?? []
        }
        for continuation in served { continuation.finish() }
    }

    /// Returns once it has come, or the task is cancelled.
    ///
    /// Why a stream for each who waits: one that is cancelled ends its stream for good.
    func wait() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let isWaiting = waiting.withLock { waiting in
            waiting?.append(continuation)
            return waiting != nil
        }
        if !isWaiting { continuation.finish() }
        for await _ in stream {}
    }
}
