import Synchronization

/// Somebody's wish to stop, for work that looks for it at moments of its own choosing.
final class StopWish: Sendable {
    private let uttered = Atomic<Bool>(false)

    /// Whether there is one.
    var isUttered: Bool { uttered.load(ordering: .relaxed) }

    /// From now on there is.
    func utter() { uttered.store(true, ordering: .relaxed) }
}
