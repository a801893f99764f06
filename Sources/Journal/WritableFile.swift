import GRDB
import Glibc

/// A journal's file opened to be written.
struct WritableFile {
    /// Path.
    let path: String
    /// What it is about.
    let identity: JournalIdentity
    private let queue: DatabaseQueue

    /// How long a writer waits for another one.
    static let patience: Double = 5

    /// Opens the file at `path`.
    ///
    /// Throws: `JournalFault`.
    init(path: String, wanted: JournalIdentity?) throws {
        self.path = path
        // Why: SQLite opens a file that it may not write for reading, and says so at the first write only.
        if access(path, W_OK) != 0, errno == EACCES || errno == EROFS || errno == EPERM {
            throw JournalFault.readOnly(path: path)
        }
        (queue, identity) = try JournalFault.mapping(path) {
            let queue = try Self.connect(path)
            let identity = try queue.writeWithoutTransaction { db in
                let identity = try Schema.identity(of: db, path: path, wanted: wanted)
                try Self.makeDurable(db, path: path)
                return identity
            }
            return (queue, identity)
        }
    }

    private static func connect(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        return try DatabaseQueue(path: FilePath.uri(path, query: "mode=rw"), configuration: configuration)
    }

    /// Sets the journal mode and what a commit waits for, and reads both back.
    ///
    /// Why not GRDB's `journalMode`: it writes to the file at every opening and lowers `synchronous` to NORMAL, with
    /// which a commit may be lost with the power.
    private static func makeDurable(_ db: Database, path: String) throws {
        let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") ?? ""
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1
        guard mode == "wal", synchronous == 2 else {
            throw JournalFault.notDurable(path: path, journalMode: mode, synchronous: synchronous)
        }
    }

    /// Makes an empty journal at `path`, whole or not at all; one that is there already is left alone.
    ///
    /// Why under another name first: no reader meets a half-made file, and of two processes one makes it.
    /// Throws: `JournalFault`.
    static func create(at path: String, for identity: JournalIdentity) throws {
        FilePath.sweepDrafts(of: path)
        let draft = FilePath.draft(of: path)
        defer { unlink(draft) }
        try JournalFault.mapping(path) {
            let queue = try DatabaseQueue(path: FilePath.uri(draft, query: "mode=rwc"))
            try queue.write { try Schema.create(identity, in: $0) }
            try queue.writeWithoutTransaction { try makeDurable($0, path: path) }
            try queue.close()
        }
        guard link(draft, path) == 0 || errno == EEXIST else {
            throw JournalFault.cannotOpen(path: path, reason: .other(String(cString: strerror(errno))))
        }
        try synchroniseDirectory(of: path)
    }

    private static func synchroniseDirectory(of path: String) throws {
        let directory = Glibc.open(FilePath.directory(of: path), O_RDONLY | O_DIRECTORY)
        guard directory >= 0 else {
            throw JournalFault.diskFailed(path: path, detail: String(cString: strerror(errno)))
        }
        defer { Glibc.close(directory) }
        guard fsync(directory) == 0 else {
            throw JournalFault.diskFailed(path: path, detail: String(cString: strerror(errno)))
        }
    }

    /// Reads in one transaction.
    ///
    /// Why not GRDB's `read`: it sets `query_only` for as long, and SQLite prepares every statement anew after that.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try JournalFault.mapping(path) {
            try queue.writeWithoutTransaction { db in
                try db.beginTransaction(.deferred)
                let result = Swift.Result { try body(db) }
                try db.rollback()
                return try result.get()
            }
        }
    }

    /// Writes in one transaction, which is durable when this returns and undone when it throws.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try JournalFault.mapping(path) {
            try queue.writeWithoutTransaction { db in
                // Why not GRDB's `write`: it has SQLite read the text of BEGIN and COMMIT anew each time.
                try DirectStatement("BEGIN IMMEDIATE", in: db).run()
                do {
                    let result = try body(db)
                    try DirectStatement("COMMIT", in: db).run()
                    return result
                } catch {
                    // Why asked: SQLite ends the transaction by itself when the disk is full. Why its failure is not
                    // told: what went wrong first is what counts, and nothing was made durable.
                    if db.isInsideTransaction { try? db.rollback() }
                    throw error
                }
            }
        }
    }

    /// Runs `body` outside of any transaction.
    func withoutTransaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try JournalFault.mapping(path) { try queue.writeWithoutTransaction(body) }
    }

    /// Closes the file.
    func close() throws {
        try JournalFault.mapping(path) { try queue.close() }
    }
}
