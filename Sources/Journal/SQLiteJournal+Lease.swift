import GRDB
import MigrateCore

extension SQLiteJournal {
    /// Takes the lease.
    ///
    /// Throws: `LeaseHeld`, `JournalFault`.
    public func acquireLease(_ claim: LeaseClaim, takesOver: Bool) throws -> Lease {
        try write { db in
            let row = try Row.fetchOne(db.cachedStatement(sql: "SELECT * FROM lease"))
            let isHeld: Bool = try row?.decode(forColumn: "is_held") ?? false
            if let row, isHeld, let refusal = claim.refusal(by: try Self.record(row), takesOver: takesOver) {
                throw refusal
            }
            let record = claim.record(epoch: try 1 + (row?.decode(Int.self, forColumn: "epoch") ?? 0))
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO lease VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, 1)
                    ON CONFLICT (only) DO UPDATE SET
                        epoch = excluded.epoch, user = excluded.user, host = excluded.host,
                        process = excluded.process, process_start = excluded.process_start,
                        operation = excluded.operation, acquired_at = excluded.acquired_at,
                        renewed_at = excluded.renewed_at, is_held = 1
                    """
            )
            try statement.execute(arguments: [
                record.epoch, record.user, record.host, record.process, record.processStart, record.operation,
                record.acquiredAt.milliseconds, record.renewedAt.milliseconds,
            ])
            return Lease(epoch: record.epoch)
        }
    }

    /// Renews the lease.
    ///
    /// Throws: `LeaseLost`, `JournalFault`.
    public func renew(_ lease: Lease, at now: Timestamp) throws {
        try write { db in
            try Self.check(lease, in: db)
            try db.cachedStatement(sql: "UPDATE lease SET renewed_at = ?").execute(arguments: [now.milliseconds])
        }
    }

    /// Lets go of the lease; harmless when it was lost.
    ///
    /// Throws: `JournalFault`.
    public func release(_ lease: Lease) throws {
        try write { db in
            try db.cachedStatement(sql: "UPDATE lease SET is_held = 0 WHERE epoch = ?").execute(arguments: [lease.epoch]
            )
        }
    }

    /// Sees that `lease` is still ours.
    ///
    /// Throws: `LeaseLost`, `JournalFault`.
    public func check(_ lease: Lease) throws {
        // Why no transaction: one statement sees one state of the file by itself.
        try withoutTransaction { try Self.check(lease, in: $0) }
    }

    /// The lease as it stands; nil when nobody holds it.
    ///
    /// Throws: `JournalFault`.
    public func currentLease() throws -> LeaseRecord? {
        try read { try lease(in: $0) }
    }

    /// The lease as it stands; nil when nobody holds it.
    func lease(in db: Database) throws -> LeaseRecord? {
        let statement = try db.cachedStatement(sql: "SELECT * FROM lease WHERE is_held = 1")
        return try Row.fetchOne(statement).map(Self.record)
    }

    /// Sees that `lease` is still ours, inside the transaction that writes under it.
    ///
    /// Throws: `LeaseLost`.
    static func check(_ lease: Lease, in db: Database) throws {
        let statement = try DirectStatement("SELECT epoch FROM lease WHERE is_held = 1", in: db)
        guard try statement.first(read: { try $0.int(0) }) == lease.epoch else { throw LeaseLost() }
    }

    private static func record(_ row: Row) throws -> LeaseRecord {
        try LeaseRecord(
            epoch: row.decode(forColumn: "epoch"),
            user: row.decode(forColumn: "user"),
            host: row.decode(forColumn: "host"),
            process: row.decode(forColumn: "process"),
            processStart: row.decode(forColumn: "process_start"),
            operation: row.decode(forColumn: "operation"),
            acquiredAt: Timestamp(milliseconds: row.decode(forColumn: "acquired_at")),
            renewedAt: Timestamp(milliseconds: row.decode(forColumn: "renewed_at"))
        )
    }
}
