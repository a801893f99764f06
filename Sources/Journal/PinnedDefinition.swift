import GRDB
import MigrateCore

import struct Foundation.Data

/// Later definition of a run as its row holds it: the plan as the text that was hashed.
struct PinnedDefinition {
    let run: Int
    let number: Int
    let epoch: Int
    let plan: String
    let digest: String
    let source: String
    /// Hash that was written with it.
    let hash: [UInt8]

    /// Reads whole rows for `init(_:)`.
    static let query = "SELECT run, number, epoch, plan, digest, source, hash FROM revision"
    static let planColumn = 3

    /// Reads a row of `query`.
    init(_ row: Row) throws {
        run = try row.decode(atIndex: 0)
        number = try row.decode(atIndex: 1)
        epoch = try row.decode(atIndex: 2)
        plan = try row.decode(atIndex: Self.planColumn)
        digest = try row.decode(atIndex: 4)
        source = try row.decode(atIndex: 5)
        hash = try Array(row.decode(Data.self, atIndex: 6))
    }

    /// Definition of `run` to be written under the lease of `epoch`.
    init(_ definition: RunDefinition, of run: Int, epoch: Int) throws {
        self.run = run
        number = definition.revision
        self.epoch = epoch
        plan = try ValueEncoder.encode(definition.plan).text
        digest = definition.digest
        source = definition.source
        hash = ChainLink.hash(numbers: [Int64(run), Int64(number), Int64(epoch)], texts: [plan, digest, source])
    }

    /// Whether it is what was written.
    var isIntact: Bool {
        hash == ChainLink.hash(numbers: [Int64(run), Int64(number), Int64(epoch)], texts: [plan, digest, source])
    }

    func insert(into db: Database) throws {
        try db.execute(
            sql: "INSERT INTO revision (run, number, epoch, plan, digest, source, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
            arguments: [run, number, epoch, plan, digest, source, Data(hash)]
        )
    }
}
