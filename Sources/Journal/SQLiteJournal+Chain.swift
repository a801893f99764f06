import Digest
import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Hash of the last event of `run`, in hexadecimal; that of its header while it has no event.
    ///
    /// Throws: `NoSuchRun`, `JournalFault`.
    public func headHash(of run: Int) throws -> String {
        try read { try Hex.encode(Self.head(of: run, in: $0).hash) }
    }

    /// Checks every hash of `run` against what it was taken over.
    ///
    /// Throws: `NoSuchRun`, `JournalFault` when the file cannot be read to the end.
    public func verifyChain(of run: Int) throws -> ChainReport {
        try read { db in
            let query = try DirectStatement("\(PinnedHeader.query) WHERE number = ?", in: db)
            guard let header = try query.first(run, read: { try PinnedHeader($0) }) else {
                throw NoSuchRun(number: run)
            }
            var report = ChainReport(header)
            var evidence = try EvidenceWalk(of: run, in: db)
            var head = Head(sequence: 0, hash: header.hash)
            let rows = try Self.wholeRows(of: run, after: 0, in: db)
            while let row = try rows.next() {
                let next = try Head(
                    sequence: row.decode(atIndex: 0),
                    hash: Array(row.decode(Data.self, atIndex: 7))
                )
                let proof = try evidence.hash(at: next.sequence)
                let isIntact =
                    try Self.isIntact(row, of: run, after: head, proof: proof)
                    && isDefinitionPinned(row, of: run, in: db)
                if !isIntact, report.firstBroken == nil { report.firstBroken = head.sequence + 1 }
                report.count += 1
                report.headHash = Hex.encode(next.hash)
                head = next
            }
            report.pendingEvidence = try evidence.remaining()
            return report
        }
    }

    /// Events of `run` after `sequence`, whole rows, in order.
    static func wholeRows(of run: Int, after sequence: Int, in db: Database) throws -> RowCursor {
        let columns = "sequence, at, epoch, kind, step, body, previous, hash"
        let query = try db.cachedStatement(sql: "SELECT \(columns) \(EventRow.selection(in: db))")
        return try Row.fetchCursor(query, arguments: [run, sequence])
    }

    /// Whether the definition is here that the event in `row` goes over to; true of any other event.
    private func isDefinitionPinned(_ row: Row, of run: Int, in db: Database) throws -> Bool {
        guard try row.decode(String.self, atIndex: 3) == "run.revised" else { return true }
        let event = try decode(from: row, column: 5, what: "revision in run \(run)") {
            try ValueDecoder.decode(RunEvent.self, parsing: $0)
        }
        guard case .run(.revised(let revision)) = event else { return false }
        return try Self.isPinned(revision, of: run, in: db)
    }

    /// Whether the event in `row` follows `head` and has the hash that was written with it.
    private static func isIntact(_ row: Row, of run: Int, after head: Head, proof: [UInt8]?) throws -> Bool {
        guard let proof else { return false }
        let event = try ChainLink.Event(
            run: run,
            sequence: row.decode(atIndex: 0),
            at: row.decode(atIndex: 1),
            epoch: row.decode(atIndex: 2),
            kind: row.decode(atIndex: 3),
            step: row.decode(atIndex: 4)
        )
        let hash = try row.withUnsafeData(atIndex: 5) { body in
            ChainLink.hash(after: head.hash, event, body: body ?? Data(), evidence: proof)
        }
        return try event.sequence == head.sequence + 1
            && row.decode(Data.self, atIndex: 6).elementsEqual(head.hash)
            && row.decode(Data.self, atIndex: 7).elementsEqual(hash)
    }
}
