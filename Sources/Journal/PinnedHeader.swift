import GRDB
import MigrateCore

import struct Foundation.Data

/// Header of a run as its row holds it: the plan as the text that was hashed.
struct PinnedHeader {
    let number: Int
    let epoch: Int
    let plan: String
    let digest: String
    let source: String
    let initiator: String
    let startedAt: Int64
    let toolVersion: String
    /// Hash that was written with it, which the chain of its events starts from.
    let hash: [UInt8]

    /// Reads whole rows for `init(_:)`.
    static let query =
        "SELECT number, epoch, plan, digest, source, initiator, started_at, tool_version, hash FROM run"
    static let planColumn: Int32 = 2

    /// Reads a row of `query`.
    init(_ row: DirectRow) throws {
        number = try row.int(0)
        epoch = try row.int(1)
        plan = try row.text(Self.planColumn)
        digest = try row.text(3)
        source = try row.text(4)
        initiator = try row.text(5)
        startedAt = Int64(try row.int(6))
        toolVersion = try row.text(7)
        hash = row.bytes(8)
    }

    /// Header to be written under the lease of `epoch`.
    init(_ header: RunHeader, plan: String, epoch: Int) {
        number = header.number
        self.epoch = epoch
        self.plan = plan
        digest = header.digest
        source = header.source
        initiator = header.initiator
        startedAt = header.startedAt.milliseconds
        toolVersion = header.toolVersion
        hash = ChainLink.hash(
            numbers: [Int64(header.number), Int64(epoch), header.startedAt.milliseconds],
            texts: [plan, header.digest, header.source, header.initiator, header.toolVersion]
        )
    }

    /// Whether it is what was written.
    var isIntact: Bool {
        hash
            == ChainLink.hash(
                numbers: [Int64(number), Int64(epoch), startedAt],
                texts: [plan, digest, source, initiator, toolVersion]
            )
    }

    func insert(into db: Database) throws {
        try db.execute(
            sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            arguments: [number, epoch, plan, digest, source, initiator, startedAt, toolVersion, Data(hash)]
        )
    }
}
