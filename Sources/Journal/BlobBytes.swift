import GRDBSQLite

/// Bytes as they are.
struct BlobBytes: ColumnValue {
    let bytes: [UInt8]

    func bind(to statement: OpaquePointer, at place: Int32) -> Int32 {
        bytes.isEmpty
            ? sqlite3_bind_zeroblob(statement, place, 0)
            : sqlite3_bind_blob(statement, place, bytes, Int32(bytes.count), keepsCopy)
    }
}
