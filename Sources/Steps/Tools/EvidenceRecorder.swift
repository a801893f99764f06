import MigrateCore
import Synchronization

/// Collects the evidence of one stage of one step.
///
/// Why a class with a lock: kinds may ask several servers at once.
final class EvidenceRecorder: Sendable {
    private let collected = Mutex<[Evidence]>([])

    /// Adds `evidence`.
    func add(_ evidence: Evidence) { collected.withLock { $0.append(evidence) } }

    /// All that was added, in order.
    var all: [Evidence] { collected.withLock { $0 } }
}
