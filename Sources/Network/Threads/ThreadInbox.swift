import Synchronization

/// The side of a working thread that other threads see: orders for it, and a way to wake it.
///
/// Rule: the thread is woken under the lock, and never after `stop`. Why: once it has taken `.stop` it frees what it is
/// woken by. What if you don't: a descriptor is closed and its number is another's, or a freed handle is touched.
final class ThreadInbox<Job: Sendable, Answer: Sendable>: Sendable {
    /// One order to the thread.
    enum Order: Sendable {
        case start(id: Int, Job, CheckedContinuation<Answer, any Error>)
        case cancel(id: Int)
        case stop
    }

    private struct Content: Sendable {
        var orders: [Order] = []
        var lastID = 0
        var isStopped = false
    }

    private let content = Mutex(Content())
    private let stopped: any Error
    private let wake: @Sendable () -> Void

    /// Makes an inbox whose thread `wake` wakes; jobs that come after its end fail with `stopped`.
    init(stopped: any Error, wake: @escaping @Sendable () -> Void) {
        self.stopped = stopped
        self.wake = wake
    }

    /// Has the thread do `job` and waits for its answer.
    func run(_ job: Job) async throws -> Answer {
        let id = content.withLock { content in
            content.lastID += 1
            return content.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard post(.start(id: id, job, continuation)) else { return continuation.resume(throwing: stopped) }
                // Why: a cancellation that came before the line above found nothing to cancel.
                if Task.isCancelled { post(.cancel(id: id)) }
            }
        } onCancel: {
            post(.cancel(id: id))
        }
    }

    /// Ends the thread; what is under way is for it to end.
    func stop() { post(.stop) }

    /// Takes all that waits; the thread calls it.
    ///
    /// `settle` undoes the waking, before an order can come that wakes again.
    func takeOrders(settle: () -> Void = {}) -> [Order] {
        content.withLock { content in
            defer { content.orders.removeAll(keepingCapacity: true) }
            settle()
            return content.orders
        }
    }

    @discardableResult private func post(_ order: Order) -> Bool {
        content.withLock { content in
            guard !content.isStopped else { return false }
            content.orders.append(order)
            if case .stop = order { content.isStopped = true }
            wake()
            return true
        }
    }
}
