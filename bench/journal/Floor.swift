import GRDBSQLite

/// A call to SQLite that was refused.
struct FloorFault: Error {
    var message: String
}

/// The least that a durable record can cost: SQLite's C API, a table, a row a commit, write-ahead log, `FULL`.
final class Floor {
    private let db: OpaquePointer
    private let begin: OpaquePointer
    private let insert: OpaquePointer
    private let commit: OpaquePointer

    /// Makes a database at `path`.
    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open(path, &handle) == SQLITE_OK, let handle else { throw FloorFault(message: "open") }
        let set =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE record (body TEXT NOT NULL) STRICT"
        guard sqlite3_exec(handle, set, nil, nil, nil) == SQLITE_OK else {
            throw FloorFault(message: String(cString: sqlite3_errmsg(handle)))
        }
        db = handle
        begin = try Self.prepare("BEGIN IMMEDIATE", handle)
        insert = try Self.prepare("INSERT INTO record VALUES (?)", handle)
        commit = try Self.prepare("COMMIT", handle)
    }

    deinit {
        for statement in [begin, insert, commit] { sqlite3_finalize(statement) }
        sqlite3_close(db)
    }

    private static func prepare(_ sql: String, _ db: OpaquePointer) throws -> OpaquePointer {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(db, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw FloorFault(message: String(cString: sqlite3_errmsg(db)))
        }
        return statement
    }

    private func step(_ statement: OpaquePointer) throws {
        guard sqlite3_step(statement) == SQLITE_DONE else {
            throw FloorFault(message: String(cString: sqlite3_errmsg(db)))
        }
        sqlite3_reset(statement)
    }

    /// Commits each of `bodies` by itself.
    func run(_ bodies: [String]) throws {
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        for body in bodies {
            try step(begin)
            sqlite3_bind_text(insert, 1, body, -1, transient)
            try step(insert)
            try step(commit)
        }
    }
}
