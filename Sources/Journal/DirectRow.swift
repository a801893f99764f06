import GRDB
import GRDBSQLite

/// A row that a statement stands on; of no use once the statement goes on.
struct DirectRow {
    let handle: OpaquePointer

    /// Whether nothing is in the column at `index`.
    func isNull(_ index: Int32) -> Bool { sqlite3_column_type(handle, index) == SQLITE_NULL }

    /// Whole number in the column at `index`.
    ///
    /// Throws: `DatabaseError` when it holds something else, as in a damaged file.
    func int(_ index: Int32) throws -> Int {
        try demand(SQLITE_INTEGER, index)
        return Int(sqlite3_column_int64(handle, index))
    }

    /// Whole number in the column at `index`; nil where there is nothing.
    ///
    /// Throws: `DatabaseError`.
    func optionalInt(_ index: Int32) throws -> Int? { isNull(index) ? nil : try int(index) }

    /// Text in the column at `index`.
    ///
    /// Throws: `DatabaseError` when it holds something else.
    func text(_ index: Int32) throws -> String {
        try demand(SQLITE_TEXT, index)
        return withBytes(index) { String(decoding: $0, as: UTF8.self) }
    }

    /// Text in the column at `index`; nil where there is nothing.
    ///
    /// Throws: `DatabaseError`.
    func optionalText(_ index: Int32) throws -> String? { isNull(index) ? nil : try text(index) }

    /// Bytes in the column at `index`.
    func bytes(_ index: Int32) -> [UInt8] { withBytes(index) { Array($0) } }

    /// What `body` makes of the bytes of a text or blob in the column at `index`; of none where there is nothing.
    func withBytes<Result>(_ index: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
        // Why in this order: asking for the bytes may move them, which the count must follow.
        let start = sqlite3_column_blob(handle, index)
        let count = Int(sqlite3_column_bytes(handle, index))
        return try body(UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count))
    }

    private func demand(_ type: Int32, _ index: Int32) throws {
        guard sqlite3_column_type(handle, index) == type else {
            let name = sqlite3_column_name(handle, index).map { String(cString: $0) } ?? "\(index)"
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "column `\(name)` holds something else")
        }
    }
}
