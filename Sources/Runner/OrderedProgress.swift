import Synchronization

/// Tells of a run in the order in which it becomes durable.
///
/// Why: work may begin before what led to it is durable, and what it has to say comes after that.
final class OrderedProgress: Sendable {
    private let tell: @Sendable (RunProgress) -> Void
    /// What waits; nil while nothing has to.
    private let held = Mutex<[RunProgress]?>(nil)

    /// Passes on to `tell`, one at a time.
    init(tell: @escaping @Sendable (RunProgress) -> Void) { self.tell = tell }

    /// Tells of `progress`: now, or once what is held is released.
    @Sendable func add(_ progress: RunProgress) {
        held.withLock { held in
            if held == nil { tell(progress) } else { held?.append(progress) }
        }
    }

    /// From now on, whatever is added waits.
    func hold() { held.withLock { $0 = $0 ?? [] } }

    /// Tells of `durable`, then of what was held, and holds nothing any more.
    func release(after durable: [RunProgress]) {
        held.withLock { held in
            for progress in durable + (held ?? []) { tell(progress) }
            held = nil
        }
    }
}
