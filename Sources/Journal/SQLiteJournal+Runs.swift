import GRDB
import MigrateCore

extension SQLiteJournal {
    /// Latest run; nil when there is none.
    ///
    /// Throws: `JournalFault`, also when the pinned plan is no longer what was pinned.
    public func latestRun() throws -> RunHeader? {
        try read { try latestRun(in: $0) }
    }

    /// Latest run; nil when there is none.
    func latestRun(in db: Database) throws -> RunHeader? {
        let statement = try DirectStatement("\(PinnedHeader.query) ORDER BY number DESC LIMIT 1", in: db)
        let found = try statement.first { row in
            let pinned = try PinnedHeader(row)
            guard pinned.isIntact else {
                throw corrupted("header of run \(pinned.number) does not fit its hash")
            }
            let what = "plan of run \(pinned.number)"
            let plan = try decode(from: row, column: PinnedHeader.planColumn, what: what) {
                try ValueDecoder.decode(Plan.self, parsing: $0)
            }
            return (pinned, plan)
        }
        guard let (pinned, plan) = found else { return nil }
        return RunHeader(
            number: pinned.number,
            plan: plan,
            digest: pinned.digest,
            source: pinned.source,
            initiator: pinned.initiator,
            startedAt: Timestamp(milliseconds: pinned.startedAt),
            toolVersion: pinned.toolVersion,
            revisions: try revisions(of: pinned.number, in: db)
        )
    }

    /// Begins a run with a pinned definition, and gives it the next number.
    ///
    /// Throws: `LeaseLost`, `JournalFault`.
    public func begin(_ header: RunHeader, under lease: Lease) throws -> RunHeader {
        let plan = try ValueEncoder.encode(header.plan).text
        return try write { db in
            try Self.check(lease, in: db)
            let latest = try Int.fetchOne(db.cachedStatement(sql: "SELECT max(number) FROM run")) ?? 0
            var header = header
            header.number = latest + 1
            let pinned = PinnedHeader(header, plan: plan, epoch: lease.epoch)
            try pinned.insert(into: db)
            try Self.write(RunLines(of: RunState(header: header)), of: header.number, into: db)
            return header
        }
    }
}
