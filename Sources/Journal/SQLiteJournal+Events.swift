import Digest
import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Makes `events`, `evidence` and how the run stands after them durable in one transaction, under `lease`.
    ///
    /// Throws: `LeaseLost`, `OutOfSequence`, `NoSuchRun`, `JournalFault`; nothing is written then.
    public func append(
        _ events: [JournalEntry],
        evidence: [StepEvidence],
        standing: Standing,
        to run: Int,
        under lease: Lease
    ) throws {
        // Why before the transaction: encoding is most of the work, and others wait for the lock.
        let rows = try events.map { try EventRow($0) }
        let pieces = Dictionary(grouping: try evidence.map { try EvidenceRow($0) }, by: \.sequence)
        try write { db in
            try Self.check(lease, in: db)
            try Self.insert(rows, evidence: pieces, of: run, under: lease, into: db)
            try Self.write(standing, of: run, into: db)
            if events.contains(where: \.event.isAboutNotice) {
                try NoticeRow.write(standing.run.notices, of: run, into: db)
            }
        }
    }

    /// Writes `rows` after the last event of `run`, each with its `pieces`, by the event they belong to.
    ///
    /// Throws: `OutOfSequence`, `NoSuchRun`.
    static func insert(
        _ rows: [EventRow],
        evidence pieces: [Int: [EvidenceRow]],
        of run: Int,
        under lease: Lease,
        into db: Database
    ) throws {
        let head = try Self.head(of: run, in: db)
        try Self.checkPlaces(rows, evidenceAt: pieces.keys, after: head, of: run)
        let next = head.sequence + 1
        let waiting = try Self.lastPiece(at: next, of: run, in: db)
        var previous = head.hash
        for row in rows {
            let proof = try Self.insert(
                pieces[row.sequence] ?? [],
                after: row.sequence == next ? waiting : PieceLink(),
                of: run,
                into: db
            )
            previous = try row.insert(run: run, epoch: lease.epoch, after: previous, evidence: proof, into: db)
        }
        _ = try Self.insert(
            pieces[next + rows.count] ?? [],
            after: rows.isEmpty ? waiting : PieceLink(),
            of: run,
            into: db
        )
    }

    /// Last link of a run's chain.
    struct Head {
        var sequence: Int
        var hash: [UInt8]
        /// Time of the event; none while there is only the run's header.
        var at: Timestamp?
        /// Whether the lines of the run were brought up to this event with it.
        var hasLines = false
    }

    /// Last link of the chain of `run`; its header while it has no event.
    ///
    /// Throws: `NoSuchRun`.
    static func head(of run: Int, in db: Database) throws -> Head {
        let format = try Schema.format(of: db)
        let hasLines = format < Schema.firstFormatInOrder ? "0" : "has_lines"
        let query = "SELECT sequence, hash, at, \(hasLines) \(EventRow.selection(format: format)) DESC LIMIT 1"
        let head = try DirectStatement(query, in: db).first(run, 0) { row in
            Head(
                sequence: try row.int(0),
                hash: row.bytes(1),
                at: Timestamp(milliseconds: Int64(try row.int(2))),
                hasLines: try row.int(3) != 0
            )
        }
        if let head { return head }
        let header = try db.cachedStatement(sql: "SELECT hash FROM run WHERE number = ?")
        guard let hash = try Data.fetchOne(header, arguments: [run]) else { throw NoSuchRun(number: run) }
        return Head(sequence: 0, hash: Array(hash))
    }

    private static func checkPlaces(
        _ rows: [EventRow],
        evidenceAt places: some Collection<Int>,
        after head: Head,
        of run: Int
    ) throws {
        let next = head.sequence + 1
        for (index, row) in rows.enumerated() where row.sequence != next + index {
            throw OutOfSequence(run: run, expected: next + index, found: row.sequence)
        }
        for place in places.sorted() where !(next...next + rows.count).contains(place) {
            throw OutOfSequence(run: run, expected: place < next ? next : next + rows.count, found: place)
        }
    }

    /// Last link of the evidence of one event.
    private struct PieceLink {
        var ordinal = 0
        var hash = ChainLink.noEvidence
    }

    /// Last piece of evidence that waits for event `sequence` already.
    private static func lastPiece(at sequence: Int, of run: Int, in db: Database) throws -> PieceLink {
        let last = try DirectStatement(
            "SELECT ordinal, hash FROM evidence WHERE run = ? AND sequence = ? ORDER BY ordinal DESC LIMIT 1",
            in: db
        )
        return try last.first(run, sequence) { PieceLink(ordinal: try $0.int(0), hash: $0.bytes(1)) } ?? PieceLink()
    }

    /// Writes `pieces` of one event after `link`, and returns the hash of the last one.
    private static func insert(
        _ pieces: [EvidenceRow],
        after link: PieceLink,
        of run: Int,
        into db: Database
    ) throws -> [UInt8] {
        var link = link
        for piece in pieces {
            link.ordinal += 1
            link.hash = try piece.insert(run: run, ordinal: link.ordinal, after: link.hash, into: db)
        }
        return link.hash
    }

    /// Events of `run` in order.
    ///
    /// Throws: `JournalFault`, also when an event is missing between two others.
    public func events(of run: Int) throws -> [JournalEntry] { try events(of: run, after: 0) }

    /// Events of `run` after `sequence`, in order.
    ///
    /// Throws: `JournalFault`, also when an event is missing between two others.
    public func events(of run: Int, after sequence: Int) throws -> [JournalEntry] {
        try read { try events(of: run, after: sequence, in: $0) }
    }

    /// Events of `run` after `sequence`, in order.
    func events(of run: Int, after first: Int = 0, in db: Database) throws -> [JournalEntry] {
        let selection = try EventRow.selection(in: db)
        let statement = try DirectStatement("SELECT sequence, at, body \(selection)", in: db)
        let latest = try DirectStatement("SELECT sequence \(selection) DESC LIMIT 1", in: db)
        let last = try latest.first(run, first) { try $0.int(0) } ?? first
        var entries: [JournalEntry] = []
        entries.reserveCapacity(max(0, last - first))
        try statement.all(run, first) { row in
            let sequence = try row.int(0)
            guard sequence == first + entries.count + 1 else {
                throw corrupted("event \(first + entries.count + 1) of run \(run) is missing")
            }
            let event = try decode(from: row, column: 2, what: "event \(sequence) of run \(run)") {
                try ValueDecoder.decode(RunEvent.self, parsing: $0)
            }
            let at = Timestamp(milliseconds: Int64(try row.int(1)))
            if case .run(.revised(let revision)) = event, try !Self.isPinned(revision, of: run, in: db) {
                throw corrupted("definition \(revision.number) of run \(run) is not the one that it went over to")
            }
            entries.append(JournalEntry(sequence: sequence, at: at, event: event))
        }
        return entries
    }

    /// Latest run, the number of its last event, and that event's hash; nil while nothing has run.
    ///
    /// Why without the run itself: who asks ten times a second wants to know only whether there is something new.
    /// Throws: `JournalFault`.
    public func newest() throws -> (run: Int, sequence: Int, hash: String)? {
        try read { db in
            let latest = try db.cachedStatement(sql: "SELECT MAX(number) FROM run")
            guard let run = try Int.fetchOne(latest) else { return nil }
            let head = try Self.head(of: run, in: db)
            return (run, head.sequence, Hex.encode(head.hash))
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
                let evidence = try decode(from: row, column: 3, what: "evidence of event \(sequence) of run \(run)") {
                    try ValueDecoder.decode(Evidence.self, parsing: $0)
                }
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
