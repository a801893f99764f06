import Synchronization

/// Somebody's wish to stop, for a run and for work that looks for it at moments of its own choosing.
///
/// Why no stream: a task that passes it on runs once a thread is free, and what comes of the call in hand may have led
/// to the next one by then.
public final class StopWish: Sendable {
    private struct Standing {
        var isUttered = false
        var listener: (@Sendable () -> Void)?
    }
    private let standing = Mutex(Standing())

    /// A wish that nobody has uttered yet.
    public init() {}

    /// Whether there is one.
    public var isUttered: Bool { standing.withLock(\.isUttered) }

    /// From now on there is; whoever listens has heard it when this returns.
    public func utter() {
        standing.withLock { $0.isUttered = true }
        tell()
    }

    /// Calls `listener` once, on whatever thread: when the wish is uttered, or now when it was.
    public func whenUttered(_ listener: @escaping @Sendable () -> Void) {
        standing.withLock { $0.listener = listener }
        if isUttered { tell() }
    }

    private func tell() {
        let listener = standing.withLock { standing in
            defer { standing.listener = nil }
            return standing.listener
        }
        listener?()
    }
}
