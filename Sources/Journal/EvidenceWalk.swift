import GRDB

import struct Foundation.Data

/// Walks the evidence of a run beside its events.
struct EvidenceWalk {
    private let run: Int
    private let rows: RowCursor
    private var next: Row?

    /// Starts before the first piece.
    init(of run: Int, in db: Database) throws {
        self.run = run
        let query = """
            SELECT sequence, ordinal, step, stage, body, hash FROM evidence WHERE run = ? ORDER BY sequence, ordinal
            """
        rows = try Row.fetchCursor(db.cachedStatement(sql: query), arguments: [run])
        next = try rows.next()
    }

    /// Hash of the last piece written with event `sequence`, `noEvidence` when there is none; nil when a piece is not
    /// what was written.
    mutating func hash(at sequence: Int) throws -> [UInt8]? {
        var hash = ChainLink.noEvidence
        var isIntact = true
        var ordinal = 1
        while let row = next {
            let piece = try ChainLink.Piece(
                run: run,
                sequence: row.decode(atIndex: 0),
                ordinal: row.decode(atIndex: 1),
                step: row.decode(atIndex: 2),
                stage: row.decode(atIndex: 3)
            )
            if piece.sequence > sequence { break }
            hash = try row.withUnsafeData(atIndex: 4) { ChainLink.hash(after: hash, piece, body: $0 ?? Data()) }
            isIntact =
                try isIntact && piece.sequence == sequence && piece.ordinal == ordinal
                && row.decode(Data.self, atIndex: 5).elementsEqual(hash)
            ordinal += 1
            next = try rows.next()
        }
        return isIntact ? hash : nil
    }

    /// Pieces that no event was found for.
    mutating func remaining() throws -> Int {
        var count = 0
        while next != nil {
            count += 1
            next = try rows.next()
        }
        return count
    }
}
