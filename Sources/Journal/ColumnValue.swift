import GRDBSQLite

/// What can be put into a place of a statement.
protocol ColumnValue {
    /// Puts it into `place` of `statement`, which keeps a copy; gives SQLite's answer.
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32
}

extension Int: ColumnValue {
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        sqlite3_bind_int64(statement, place, Int64(self))
    }
}

extension Int64: ColumnValue {
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 { sqlite3_bind_int64(statement, place, self) }
}

extension Bool: ColumnValue {
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        sqlite3_bind_int64(statement, place, self ? 1 : 0)
    }
}

extension String: ColumnValue {
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        var text = self
        return text.withUTF8 { TextBytes.bind($0, to: statement, at: place) }
    }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        map { $0.bind(to: statement, at: place) } ?? sqlite3_bind_null(statement, place)
    }
}

/// What SQLite calls `SQLITE_TRANSIENT`: bytes are copied, since ours are gone when the statement runs.
var keepsCopy: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
