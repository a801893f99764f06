import Digest
import GRDB
import MigrateCore

import struct Foundation.Data

extension SQLiteJournal {
    /// Makes a later definition of `run` durable together with the `events` by which it goes over to it, and with how
    /// it stands then.
    ///
    /// Throws: `LeaseLost`, `OutOfSequence`, `NoSuchRun`, `JournalFault`; nothing is written then.
    public func revise(
        _ definition: RunDefinition,
        events: [JournalEntry],
        leaving lines: RunLines,
        of run: Int,
        under lease: Lease
    ) throws {
        let rows = try events.map { try EventRow($0) }
        let pinned = try PinnedDefinition(definition, of: run, epoch: lease.epoch)
        try write { db in
            try Self.check(lease, in: db)
            try Self.insert(rows, evidence: [:], of: run, under: lease, into: db)
            try pinned.insert(into: db)
            try Self.write(lines, of: run, into: db)
        }
    }

    /// Later definitions of `run` in order.
    ///
    /// Throws: `JournalFault.corrupted` when one is not what was written.
    func revisions(of run: Int, in db: Database) throws -> [RunDefinition] {
        // Why asked: a journal that is read in format 1 has no such table.
        guard try Schema.format(of: db) >= Schema.firstFormatWithRevisions else { return [] }
        let rows = try Row.fetchCursor(
            db.cachedStatement(sql: "\(PinnedDefinition.query) WHERE run = ? ORDER BY number"),
            arguments: [run]
        )
        var definitions: [RunDefinition] = []
        while let row = try rows.next() {
            let pinned = try PinnedDefinition(row)
            let name = "definition \(pinned.number) of run \(run)"
            guard pinned.isIntact else { throw corrupted("\(name) does not fit its hash") }
            let plan = try decode(from: row, column: PinnedDefinition.planColumn, what: "plan of \(name)") {
                try ValueDecoder.decode(Plan.self, parsing: $0)
            }
            definitions.append(
                RunDefinition(revision: pinned.number, plan: plan, digest: pinned.digest, source: pinned.source)
            )
        }
        return definitions
    }

    /// Whether the definition that `revision` goes over to is here, and is the one that it went over to.
    static func isPinned(_ revision: PlanRevision, of run: Int, in db: Database) throws -> Bool {
        let query = try db.cachedStatement(sql: "\(PinnedDefinition.query) WHERE run = ? AND number = ?")
        guard let row = try Row.fetchOne(query, arguments: [run, revision.number]) else { return false }
        let pinned = try PinnedDefinition(row)
        return pinned.isIntact && pinned.digest == revision.digest
            && Hex.encode(SHA256.digest(Array(pinned.source.utf8))) == revision.sourceDigest
            && Hex.encode(SHA256.digest(Array(pinned.plan.utf8))) == revision.digest
    }
}
