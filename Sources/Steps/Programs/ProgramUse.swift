import MigrateCore
import Synchronization

/// The one program that a change may start, and how it is kept account of.
///
/// Why a class with a lock: it is asked by a kind and, when that is over, by the executor.
final class ProgramUse: Sendable {
    /// The run's account.
    let ledger: ProgramLedger
    private let isTaken = Mutex(false)
    private let latest = Mutex<ChildProgram?>(nil)
    private let isSeenToEnd = Mutex(false)

    init(_ ledger: ProgramLedger) {
        self.ledger = ledger
        latest.withLock { $0 = ledger.earlier }
    }

    /// The program, as it is on record; nil before it is.
    var onRecord: ChildProgram? { latest.withLock { $0 } }

    /// Puts `program` on record.
    ///
    /// Throws: as `ProgramLedger.record`.
    func record(_ program: ChildProgram) async throws {
        try await ledger.record(program)
        latest.withLock { $0 = program }
    }

    /// Whether the program of an earlier process is on record, and how it ended has not been read.
    var isOwedAnAnswer: Bool { ledger.earlier != nil && !isSeenToEnd.withLock { $0 } }

    /// Takes the one use.
    ///
    /// Why once: an intent covers one program; of two, a crash would leave one that no record names.
    func take() {
        isTaken.withLock { isTaken in
            precondition(!isTaken, "a change starts at most one program")
            isTaken = true
        }
    }

    /// Says that the program's end has been read.
    func sawEnd() { isSeenToEnd.withLock { $0 = true } }
}
