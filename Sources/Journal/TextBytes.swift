import GRDBSQLite

/// Text by its bytes in UTF-8.
struct TextBytes: ColumnValue {
    let bytes: [UInt8]

    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        bytes.withUnsafeBufferPointer { Self.bind($0, to: statement, at: place) }
    }

    /// Puts `bytes` into `place` of `statement`, which keeps a copy; gives SQLite's answer.
    static func bind(_ bytes: UnsafeBufferPointer<UInt8>, to statement: OpaquePointer, at place: Int32)
        -> Int32
    {
        // Why apart: without an address SQLite takes it for nothing rather than for no text.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return sqlite3_bind_text(statement, place, "", 0, keepsCopy)
        }
        return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            sqlite3_bind_text(statement, place, $0, Int32(bytes.count), keepsCopy)
        }
    }
}
