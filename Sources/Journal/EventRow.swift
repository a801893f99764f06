import GRDB
import MigrateCore

/// An event as its row holds it, but for its place in the chain.
struct EventRow {
    let sequence: Int
    let at: Int64
    let kind: String
    let step: String?
    /// JSON.
    let body: [UInt8]

    /// Writes `entry` out.
    init(_ entry: JournalEntry) throws {
        sequence = entry.sequence
        at = entry.at.milliseconds
        kind = entry.event.kind
        step = entry.event.step?.rawValue
        body = try ValueEncoder.bytes(of: entry.event)
    }

    private static let insertion = """
        INSERT INTO event (id, run, sequence, at, epoch, kind, step, body, previous, hash, has_lines)
        VALUES (?1 << 32 | ?2, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1)
        """

    /// End of a query for the events of run `?1` after sequence `?2`, in order.
    static func selection(in db: Database) throws -> String { selection(format: try Schema.format(of: db)) }

    /// End of a query for the events of run `?1` after sequence `?2`, in order, in a file of `format`.
    static func selection(format: Int) -> String {
        format < Schema.firstFormatInOrder
            ? "FROM event WHERE run = ?1 AND sequence > ?2 ORDER BY sequence"
            : "FROM event WHERE id > (?1 << 32 | ?2) AND id < (?1 + 1) << 32 ORDER BY id"
    }

    /// Writes the row after `previous`, and returns its hash.
    func insert(run: Int, epoch: Int, after previous: [UInt8], evidence: [UInt8], into db: Database) throws -> [UInt8] {
        let event = ChainLink.Event(run: run, sequence: sequence, at: at, epoch: epoch, kind: kind, step: step)
        let hash = ChainLink.hash(after: previous, event, body: body, evidence: evidence)
        let statement = try DirectStatement(Self.insertion, in: db)
        try statement.run(
            run,
            sequence,
            at,
            epoch,
            kind,
            step,
            TextBytes(bytes: body),
            BlobBytes(bytes: previous),
            BlobBytes(bytes: hash)
        )
        return hash
    }
}

/// A piece of evidence as its row holds it, but for its place in the chain.
struct EvidenceRow {
    let sequence: Int
    let step: String?
    let stage: String
    /// JSON.
    let body: [UInt8]

    /// Writes `piece` out.
    init(_ piece: StepEvidence) throws {
        sequence = piece.sequence
        step = piece.step?.rawValue
        stage = piece.stage
        body = try ValueEncoder.bytes(of: piece.evidence)
    }

    /// Writes the row as number `ordinal` of its event, after `previous`, and returns its hash.
    func insert(run: Int, ordinal: Int, after previous: [UInt8], into db: Database) throws -> [UInt8] {
        let piece = ChainLink.Piece(run: run, sequence: sequence, ordinal: ordinal, step: step, stage: stage)
        let hash = ChainLink.hash(after: previous, piece, body: body)
        let statement = try DirectStatement(
            "INSERT INTO evidence (run, sequence, ordinal, step, stage, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            in: db
        )
        try statement.run(run, sequence, ordinal, step, stage, TextBytes(bytes: body), BlobBytes(bytes: hash))
        return hash
    }
}
