import GRDB
import MigrateCore

extension SQLiteJournal {
    /// Number of the run that a request is about: the latest, 0 before the first.
    private static let latestRun = "(SELECT coalesce(max(number), 0) FROM run)"

    /// Leaves a request for the holder of the latest run; needs no lease.
    ///
    /// Throws: `JournalFault`.
    public func insert(_ act: RunRequest.Act, by: String, at: Timestamp) throws -> RunRequest {
        let text = try ValueEncoder.encode(act).text
        return try write { db in
            let statement = try db.cachedStatement(
                sql: "INSERT INTO request (run, act, \"by\", at) VALUES (\(Self.latestRun), ?, ?, ?)"
            )
            try statement.execute(arguments: [text, by, at.milliseconds])
            return RunRequest(id: Int(db.lastInsertedRowID), act: act, by: by, at: at)
        }
    }

    /// Requests about the latest run with an id above `id`, in order.
    ///
    /// Why of the latest alone: what was asked of one run must not happen in the next.
    /// Throws: `JournalFault`.
    public func requests(after id: Int) throws -> [RunRequest] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT id, act, \"by\", at FROM request WHERE id > ? AND run = \(Self.latestRun) ORDER BY id"
            )
            var requests: [RunRequest] = []
            let rows = try Row.fetchCursor(statement, arguments: [id])
            while let row = try rows.next() {
                let number: Int = try row.decode(atIndex: 0)
                let act = try decode(from: row, column: 1, what: "request \(number)") {
                    try ValueDecoder.decode(RunRequest.Act.self, parsing: $0)
                }
                requests.append(
                    try RunRequest(
                        id: number,
                        act: act,
                        by: row.decode(atIndex: 2),
                        at: Timestamp(milliseconds: row.decode(atIndex: 3))
                    )
                )
            }
            return requests
        }
    }
}
