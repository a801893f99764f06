import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Makes `events` and `evidence` durable in one transaction, under `lease`.
    ///
    /// Throws: `LeaseLost`, `OutOfSequence`, `NoSuchRun`, `JournalFault`; nothing is written then.
    public func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        to run: Int,
        under lease: Lease
    ) throws {
        // Why before the transaction: encoding is most of the work, and others wait for the lock.
        let rows = try events.map { try EventRow($0) }
        let pieces = try evidence.map { try EvidenceRow($0) }
        try write { db in
            try Self.check(lease, in: db)
            let head = try Self.head(of: run, in: db)
            try Self.checkPlaces(rows, pieces, after: head, of: run)
            let proof = try Self.insert(pieces, at: head.sequence + 1, of: run, into: db)
            var previous = head.hash
            for (index, row) in rows.enumerated() {
                previous = try row.insert(
                    run: run,
                    epoch: lease.epoch,
                    after: previous,
                    evidence: index == 0 ? proof : ChainLink.noEvidence,
                    into: db
                )
            }
        }
    }

    /// Last link of a run's chain.
    struct Head {
        var sequence: Int
        var hash: [UInt8]
    }

    /// Last link of the chain of `run`; its header while it has no event.
    ///
    /// Throws: `NoSuchRun`.
    static func head(of run: Int, in db: Database) throws -> Head {
        let last = try db.cachedStatement(
            sql: "SELECT sequence, hash FROM event WHERE run = ? ORDER BY sequence DESC LIMIT 1"
        )
        if let row = try Row.fetchOne(last, arguments: [run]) {
            return try Head(sequence: row.decode(atIndex: 0), hash: Array(row.decode(Data.self, atIndex: 1)))
        }
        let header = try db.cachedStatement(sql: "SELECT hash FROM run WHERE number = ?")
        guard let hash = try Data.fetchOne(header, arguments: [run]) else { throw NoSuchRun(number: run) }
        return Head(sequence: 0, hash: Array(hash))
    }

    private static func checkPlaces(
        _ rows: [EventRow],
        _ pieces: [EvidenceRow],
        after head: Head,
        of run: Int
    ) throws {
        for (index, row) in rows.enumerated() where row.sequence != head.sequence + 1 + index {
            throw OutOfSequence(run: run, expected: head.sequence + 1 + index, found: row.sequence)
        }
        for piece in pieces where piece.sequence != head.sequence + 1 {
            throw OutOfSequence(run: run, expected: head.sequence + 1, found: piece.sequence)
        }
    }

    /// Writes `pieces` after those that wait for event `sequence` already, and returns the hash of the last one.
    private static func insert(
        _ pieces: [EvidenceRow],
        at sequence: Int,
        of run: Int,
        into db: Database
    ) throws -> [UInt8] {
        let last = try db.cachedStatement(
            sql: "SELECT ordinal, hash FROM evidence WHERE run = ? AND sequence = ? ORDER BY ordinal DESC LIMIT 1"
        )
        var ordinal = 0
        var previous = ChainLink.noEvidence
        if let row = try Row.fetchOne(last, arguments: [run, sequence]) {
            ordinal = try row.decode(atIndex: 0)
            previous = try Array(row.decode(Data.self, atIndex: 1))
        }
        for piece in pieces {
            ordinal += 1
            previous = try piece.insert(run: run, ordinal: ordinal, after: previous, into: db)
        }
        return previous
    }

    /// Events of `run` in order.
    ///
    /// Throws: `JournalFault`, also when an event is missing between two others.
    public func events(of run: Int) throws -> [JournalEntry] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT sequence, at, body FROM event WHERE run = ? ORDER BY sequence"
            )
            var entries: [JournalEntry] = []
            let rows = try Row.fetchCursor(statement, arguments: [run])
            while let row = try rows.next() {
                let sequence: Int = try row.decode(atIndex: 0)
                guard sequence == entries.count + 1 else {
                    throw corrupted("event \(entries.count + 1) of run \(run) is missing")
                }
                let event = try decode(RunEvent.self, from: row, column: 2, what: "event \(sequence) of run \(run)")
                let at = try Timestamp(milliseconds: row.decode(atIndex: 1))
                entries.append(JournalEntry(sequence: sequence, at: at, event: event))
            }
            return entries
        }
    }

    /// Evidence of `run`, for one step or all of them, in order.
    ///
    /// Throws: `JournalFault`.
    public func evidence(of run: Int, step: StepID?) throws -> [StepEvidence] {
        try read { db in
            let statement = try db.cachedStatement(
                sql: """
                    SELECT sequence, step, stage, body FROM evidence WHERE run = ?1 AND (?2 IS NULL OR step = ?2)
                    ORDER BY sequence, ordinal
                    """
            )
            var pieces: [StepEvidence] = []
            let rows = try Row.fetchCursor(statement, arguments: [run, step?.rawValue])
            while let row = try rows.next() {
                let sequence: Int = try row.decode(atIndex: 0)
                let name: String? = try row.decode(atIndex: 1)
                let evidence = try decode(
                    Evidence.self,
                    from: row,
                    column: 3,
                    what: "evidence of event \(sequence) of run \(run)"
                )
                pieces.append(
                    StepEvidence(
                        step: name.map { StepID($0) },
                        stage: try row.decode(atIndex: 2),
                        sequence: sequence,
                        evidence: evidence
                    )
                )
            }
            return pieces
        }
    }
}
