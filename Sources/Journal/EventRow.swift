import GRDB
import MigrateCore

import struct Foundation.Data

/// An event as its row holds it, but for its place in the chain.
struct EventRow {
    let sequence: Int
    let at: Int64
    let kind: String
    let step: String?
    let body: String

    /// Writes `entry` out.
    init(_ entry: JournalEntry) throws {
        sequence = entry.sequence
        at = entry.at.milliseconds
        kind = entry.event.kind
        step = entry.event.step?.rawValue
        body = String(decoding: try ValueEncoder.bytes(of: entry.event), as: UTF8.self)
    }

    /// Writes the row after `previous`, and returns its hash.
    func insert(run: Int, epoch: Int, after previous: [UInt8], evidence: [UInt8], into db: Database) throws -> [UInt8] {
        let event = ChainLink.Event(run: run, sequence: sequence, at: at, epoch: epoch, kind: kind, step: step)
        let hash = ChainLink.hash(after: previous, event, body: body.utf8, evidence: evidence)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO event (run, sequence, at, epoch, kind, step, body, previous, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [
            run, sequence, at, epoch, kind, step, body, Data(previous), Data(hash),
        ])
        return hash
    }
}

/// A piece of evidence as its row holds it, but for its place in the chain.
struct EvidenceRow {
    let sequence: Int
    let step: String?
    let stage: String
    let body: String

    /// Writes `piece` out.
    init(_ piece: StepEvidence) throws {
        sequence = piece.sequence
        step = piece.step?.rawValue
        stage = piece.stage
        body = String(decoding: try ValueEncoder.bytes(of: piece.evidence), as: UTF8.self)
    }

    /// Writes the row as number `ordinal` of its event, after `previous`, and returns its hash.
    func insert(run: Int, ordinal: Int, after previous: [UInt8], into db: Database) throws -> [UInt8] {
        let piece = ChainLink.Piece(run: run, sequence: sequence, ordinal: ordinal, step: step, stage: stage)
        let hash = ChainLink.hash(after: previous, piece, body: body.utf8)
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO evidence (run, sequence, ordinal, step, stage, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        )
        try statement.execute(arguments: [run, sequence, ordinal, step, stage, body, Data(hash)])
        return hash
    }
}
