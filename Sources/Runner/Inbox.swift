import Synchronization

/// What the loop has to take in; whatever waits is handed over at once.
///
/// Why at once: decisions that wait together share one durable append, which is what a step costs.
final class Inbox<Message: Sendable>: Sendable {
    /// Rings when something came into an empty inbox; ends when the task that listens is cancelled.
    let bell: AsyncStream<Void>
    private let ringer: AsyncStream<Void>.Continuation
    private let waiting = Mutex<[Message]>([])

    /// Makes an empty inbox.
    init() { (bell, ringer) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    /// Adds `message`.
    func put(_ message: Message) {
        waiting.withLock { waiting in
            waiting.append(message)
            // Why under the lock: whoever sees a message here may rely on the bell.
            if waiting.count == 1 { ringer.yield(()) }
        }
    }

    /// How many messages wait that `isMeant`.
    func count(where isMeant: (Message) -> Bool) -> Int { waiting.withLock { $0.count(where: isMeant) } }

    /// Everything that waits, in the order in which it came; it waits no more.
    func takeAll() -> [Message] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
