import GRDB
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// What the database promises, asked of the database itself.
@Suite struct DurabilityTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func commitsWaitForTheDisk() throws {
        for _ in 1...2 {
            let journal = try openNew(in: directory)
            try journal.withoutTransaction { db throws in
                #expect(try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2)
                #expect(try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal")
            }
            try journal.close()
        }
    }

    @Test func openingAgainWritesNothing() throws {
        try openFilled(in: directory).journal.close()
        let before = try Bytes.read(directory.file("journal.sqlite"))
        try openNew(in: directory).close()
        #expect(try Bytes.read(directory.file("journal.sqlite")) == before)
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test func creatingLeavesNoDraftBehind() throws {
        let journal = try openNew(in: directory)
        #expect(directory.names.allSatisfy { $0.hasPrefix("journal.sqlite") && !$0.contains("new") })
        try journal.close()
    }

    @Test(arguments: [
        ("event", "at"), ("evidence", "stage"), ("run", "digest"), ("request", "at"), ("identity", "runbook"),
    ])
    func whatIsWrittenCanBeNeitherChangedNorDeleted(table: String, column: String) throws {
        let (journal, _) = try openFilled(in: directory)
        _ = try journal.insert(.pause, by: "lee", at: Samples.noon)
        for sql in ["UPDATE \(table) SET \(column) = \(column)", "DELETE FROM \(table)"] {
            #expect(throws: JournalFault.self) { try journal.write { try $0.execute(sql: sql) } }
        }
        #expect(try journal.events(of: 1) == Samples.entries())
    }

    @Test(arguments: [
        "INSERT INTO event VALUES (1, 13, 0, 1, 'other.started', NULL, '{}', zeroblob(32), zeroblob(32))",
        "INSERT INTO event VALUES (1, 13, 0, 1, 'step.started', NULL, '{}', zeroblob(31), zeroblob(32))",
        "INSERT INTO event VALUES (1, 13, 'noon', 1, 'step.started', NULL, '{}', zeroblob(32), zeroblob(32))",
        "INSERT INTO event VALUES (1, 12, 0, 1, 'step.started', NULL, '{}', zeroblob(32), zeroblob(32))",
        "INSERT INTO event VALUES (2, 1, 0, 1, 'step.started', NULL, '{}', zeroblob(32), zeroblob(32))",
        "UPDATE lease SET epoch = 0",
        "DELETE FROM lease",
    ])
    func tablesRefuseWhatNoJournalHolds(sql: String) throws {
        let (journal, lease) = try openFilled(in: directory)
        #expect(throws: JournalFault.self) { try journal.write { try $0.execute(sql: sql) } }
        try journal.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: lease)
    }

    @Test func kindAndStepOfAnEventCanBeAskedFor() throws {
        let (journal, _) = try openFilled(in: directory)
        let kinds = try journal.read { try String.fetchAll($0, sql: "SELECT kind FROM event ORDER BY sequence") }
        #expect(kinds == Samples.events.map(\.kind))
        #expect(kinds.first == "run.sessionStarted")
        let steps = try journal.read { try String?.fetchAll($0, sql: "SELECT step FROM event ORDER BY sequence") }
        #expect(steps.prefix(4) == [nil, "bucket", "bucket", "bucket"])
    }

    @Test func aCrashInATransactionLosesNothingThatWasCommitted() throws {
        let (journal, _) = try openFilled(in: directory)
        let copy = try TemporaryDirectory()
        // The row is in the log, in a transaction that never ends: what a killed process leaves.
        try journal.withoutTransaction { db throws in
            try db.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE")
            defer { #expect(throws: Never.self) { try db.execute(sql: "ROLLBACK") } }
            for id in 1...2000 {
                try db.execute(
                    sql: "INSERT INTO request (run, act, \"by\", at) VALUES (1, '\"pause\"', ?, 0)",
                    arguments: [String(repeating: "x", count: 500) + "\(id)"]
                )
            }
            for name in directory.names { try Bytes.copy(directory.file(name), to: copy.file(name)) }
        }
        #expect(copy.names == ["journal.sqlite", "journal.sqlite-shm", "journal.sqlite-wal"])
        #expect(try Bytes.read(copy.file("journal.sqlite-wal")).count > 500_000)
        let reopened = try openNew(in: copy)
        #expect(try reopened.events(of: 1) == Samples.entries())
        #expect(try reopened.requests(after: 0) == [])
        #expect(try reopened.verifyChain(of: 1).isIntact)
    }

    @Test func aLogCutOffInTheMiddleGivesBackWholeTransactions() throws {
        let (journal, _) = try openFilled(in: directory)
        let log = try Bytes.read(directory.file("journal.sqlite-wal"))
        var counts: Set<Int> = []
        for length in stride(from: 0, to: log.count, by: max(1, log.count / 20)) {
            let copy = try TemporaryDirectory()
            try Bytes.copy(directory.file("journal.sqlite"), to: copy.file("journal.sqlite"))
            try Bytes.write(Array(log[..<length]), to: copy.file("journal.sqlite-wal"))
            let reopened = try openNew(in: copy)
            guard try reopened.latestRun() != nil else { continue }
            let entries = try reopened.events(of: 1)
            #expect(entries == Array(Samples.entries().prefix(entries.count)))
            #expect(try reopened.verifyChain(of: 1).isIntact)
            counts.insert(entries.count)
        }
        #expect(counts.count > 5)
        withExtendedLifetime(journal) {}
    }
}
