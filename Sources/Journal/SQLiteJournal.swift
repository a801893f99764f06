import GRDB
import MigrateCore

/// Journal in one SQLite file.
///
/// Rule: every function is synchronous and commits before it returns. Why: nothing may come between a decision and its
/// record. What if you don't: a call is made whose way back was never written down.
public final class SQLiteJournal: RunJournal {
    private enum File: Sendable {
        case writable(WritableFile)
        case readable(ReadableFile)
    }

    /// Where it is.
    public let path: String
    private let file: File

    private init(path: String, file: File) {
        self.path = path
        self.file = file
    }

    /// Opens the journal at `path`.
    ///
    /// A journal of other than the `wanted` runbook and environment is refused; nil takes whatever it is about, and
    /// makes no new one. One of an older format is brought to this tool's before it is written to, and read as it is.
    /// Throws: `JournalFault`.
    public static func open(path: String, wanted: JournalIdentity?, mode: JournalMode) throws -> SQLiteJournal {
        switch mode {
        case .readWrite(let create):
            if create, let wanted { try createIfMissing(at: path, for: wanted) }
            let journal = SQLiteJournal(path: path, file: .writable(try WritableFile(path: path, wanted: wanted)))
            try journal.bringToThisFormat()
            return journal
        case .readOnly:
            return SQLiteJournal(path: path, file: .readable(try ReadableFile(path: path, wanted: wanted)))
        }
    }

    private static func createIfMissing(at path: String, for identity: JournalIdentity) throws {
        do {
            _ = try FileStamp(path: path)
        } catch JournalFault.cannotOpen(_, .missing) {
            try WritableFile.create(at: path, for: identity)
        }
    }

    /// What it is about.
    public var identity: JournalIdentity {
        switch file {
        case .writable(let file): file.identity
        case .readable(let file): file.identity
        }
    }

    /// Closes the file; the journal is of no use afterwards.
    ///
    /// Throws: `JournalFault`.
    public func close() throws {
        switch file {
        case .writable(let file): try file.close()
        case .readable(let file): try file.close()
        }
    }

    /// Reads in one transaction; may run `body` more than once.
    func read<Result: Sendable>(_ body: (Database) throws -> Result) throws -> Result {
        switch file {
        case .writable(let file): try file.read(body)
        case .readable(let file): try file.read(body)
        }
    }

    /// Writes in one transaction.
    ///
    /// Throws: `JournalFault.readOnly` on a journal that was opened to be read.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        switch file {
        case .writable(let file): try file.write(body)
        case .readable: throw JournalFault.readOnly(path: path)
        }
    }

    /// Runs `body` outside of any transaction, for what tests ask of the database itself.
    func withoutTransaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        switch file {
        case .writable(let file): try file.withoutTransaction(body)
        case .readable: throw JournalFault.readOnly(path: path)
        }
    }

    /// A fault of content at this path.
    func corrupted(_ detail: String) -> JournalFault { .corrupted(path: path, detail: detail) }
}
