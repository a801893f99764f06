import GRDB
import GRDBSQLite

/// A statement that is bound, stepped and read without anything in between.
///
/// Why beside GRDB's own ways: an append is a dozen small statements, a status ten thousand rows, and what GRDB checks
/// and copies for each value costs more than SQLite's work. The connection, its queue, its transactions and the cache
/// of statements stay GRDB's.
struct DirectStatement {
    private let db: Database
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    /// The statement of `sql`, which is prepared once for each connection.
    ///
    /// Rule: one text is run either here or by GRDB. Why: GRDB remembers what it has bound to a statement.
    /// Throws: `DatabaseError`.
    init(_ sql: String, in db: Database) throws {
        self.db = db
        statement = try db.cachedStatement(sql: sql)
    }

    /// Runs it with `values` in its places.
    ///
    /// Throws: `DatabaseError`.
    func run<each Column: ColumnValue>(_ values: repeat each Column) throws {
        defer { reset() }
        try bind(repeat each values)
        while try step() {}
    }

    /// What `read` makes of its first row with `values` in its places; nil when there is none.
    ///
    /// Throws: `DatabaseError`, and what `read` throws.
    func first<Result, each Column: ColumnValue>(
        _ values: repeat each Column,
        read: (DirectRow) throws -> Result
    ) throws -> Result? {
        defer { reset() }
        try bind(repeat each values)
        return try step() ? try read(DirectRow(handle: handle)) : nil
    }

    /// Hands each of its rows with `values` in its places to `read`.
    ///
    /// Throws: `DatabaseError`, and what `read` throws.
    func all<each Column: ColumnValue>(_ values: repeat each Column, read: (DirectRow) throws -> Void) throws {
        defer { reset() }
        try bind(repeat each values)
        while try step() { try read(DirectRow(handle: handle)) }
    }

    private func bind<each Column: ColumnValue>(_ values: repeat each Column) throws {
        var place: Int32 = 0
        for value in repeat each values {
            place += 1
            try demand(value.bind(to: handle, at: place))
        }
    }

    /// Whether there is a row.
    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    private func demand(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
    }

    /// Why the code is not looked at: it is that of the last step, which was thrown.
    private func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
