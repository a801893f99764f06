import Synchronization

/// Tells of a run in the order in which things came about, and of nothing before it is durable.
///
/// Why: work may begin before what led to it is durable, and what it has to say comes after that.
final class OrderedProgress: Sendable {
    private let tell: @Sendable (RunProgress) -> Void
    /// What waits, in order.
    private let held = Mutex<[RunProgress]>([])

    /// Passes on to `tell`, one at a time.
    init(tell: @escaping @Sendable (RunProgress) -> Void) { self.tell = tell }

    /// Tells of `progress`: now, or after what is held.
    @Sendable func add(_ progress: RunProgress) {
        held.withLock { held in
            if held.isEmpty { tell(progress) } else { held.append(progress) }
        }
    }

    /// Keeps `progress`, which is not durable yet, until it is released.
    func hold(_ progress: [RunProgress]) { held.withLock { $0 += progress } }

    /// Tells of all that was held, which is durable now, then of `last`.
    func release(with last: RunProgress) {
        held.withLock { held in
            for progress in held { tell(progress) }
            held = []
            tell(last)
        }
    }
}
