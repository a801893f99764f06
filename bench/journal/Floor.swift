import Digest
import GRDBSQLite
import MigrateCore

/// A call to SQLite that was refused.
struct FloorFault: Error {
    var message: String
}

/// The least that a durable append can cost: SQLite's C API on the same tables, the lease read and the hash taken in
/// the same transaction, bodies written out beforehand.
final class Floor {
    private let db: OpaquePointer
    private let begin: OpaquePointer
    private let lease: OpaquePointer
    private let insert: OpaquePointer
    private let commit: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else { throw FloorFault(message: "open") }
        guard sqlite3_exec(handle, "PRAGMA synchronous = FULL", nil, nil, nil) == SQLITE_OK else {
            throw FloorFault(message: "synchronous")
        }
        db = handle
        begin = try Self.prepare("BEGIN IMMEDIATE", handle)
        lease = try Self.prepare("SELECT epoch FROM lease WHERE is_held = 1", handle)
        insert = try Self.prepare("INSERT INTO event VALUES (1, ?, ?, 1, ?, ?, ?, ?, ?)", handle)
        commit = try Self.prepare("COMMIT", handle)
    }

    deinit {
        for statement in [begin, lease, insert, commit] { sqlite3_finalize(statement) }
        sqlite3_close(db)
    }

    private static func prepare(_ sql: String, _ db: OpaquePointer) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(db, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw FloorFault(message: String(cString: sqlite3_errmsg(db)))
        }
        return statement
    }

    private func step(_ statement: OpaquePointer, expecting code: Int32 = SQLITE_DONE) throws {
        guard sqlite3_step(statement) == code else { throw FloorFault(message: String(cString: sqlite3_errmsg(db))) }
    }

    /// Writes `commits`, each a list of event bodies, as events of run 1.
    func run(_ commits: [[String]]) throws {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        var previous = [UInt8](repeating: 0, count: SHA256.byteCount)
        var sequence: Int64 = 0
        for bodies in commits {
            try step(begin)
            sqlite3_reset(begin)
            try step(lease, expecting: SQLITE_ROW)
            guard sqlite3_column_int64(lease, 0) == 1 else { throw FloorFault(message: "lease") }
            sqlite3_reset(lease)
            for body in bodies {
                sequence += 1
                let hash = SHA256.digest(previous + Array(body.utf8))
                sqlite3_bind_int64(insert, 1, sequence)
                sqlite3_bind_int64(insert, 2, Workload.noon.milliseconds)
                sqlite3_bind_text(insert, 3, "change.settled", -1, transient)
                sqlite3_bind_text(insert, 4, "services[component]/deploy", -1, transient)
                sqlite3_bind_text(insert, 5, body, -1, transient)
                sqlite3_bind_blob(insert, 6, previous, Int32(previous.count), transient)
                sqlite3_bind_blob(insert, 7, hash, Int32(hash.count), transient)
                try step(insert)
                sqlite3_reset(insert)
                previous = hash
            }
            try step(commit)
            sqlite3_reset(commit)
        }
    }
}
