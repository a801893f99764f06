import Synchronization

/// Tells of a run: of events once they are durable, and of notes in their place among them.
///
/// Why: work may begin before what led to it is durable, and what it has to say comes after that.
final class OrderedProgress: Sendable {
    private let tell: @Sendable (RunProgress) -> Void
    /// What waits, in order: events that are not durable yet, and what was said since.
    private let held = Mutex<[RunProgress]>([])

    /// Passes on to `tell`, one at a time.
    init(tell: @escaping @Sendable (RunProgress) -> Void) { self.tell = tell }

    /// Tells of `note`: now, or after what is held.
    @Sendable func add(_ note: RunProgress) {
        held.withLock { held in
            if held.isEmpty { tell(note) } else { held.append(note) }
        }
    }

    /// Holds `events`, which are not durable yet.
    func hold(_ events: [RunProgress]) { held.withLock { $0 += events } }

    /// Tells of what was held, which is durable now, then of `rest` and `last`.
    func release(_ rest: [RunProgress], then last: RunProgress) {
        held.withLock { held in
            for progress in held { tell(progress) }
            for progress in rest { tell(progress) }
            tell(last)
            held = []
        }
    }

    /// Forgets what was held and did not become durable.
    func drop() { held.withLock { $0 = [] } }
}
