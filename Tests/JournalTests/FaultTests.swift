import GRDB
import Glibc
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// Whatever is wrong with the file is said in a word of its own, and nothing is lost or touched.
@Suite struct FaultTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("journal.sqlite")
    }

    private static let modes: [JournalMode] = [.readWrite(create: true), .readWrite(create: false), .readOnly]

    @Test(arguments: [JournalMode.readWrite(create: false), .readOnly])
    func aMissingFileIsNotMade(mode: JournalMode) throws {
        #expect(throws: JournalFault.cannotOpen(path: path, reason: .missing)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
        #expect(directory.names.isEmpty)
    }

    @Test func nothingIsMadeWithoutAnIdentity() throws {
        #expect(throws: JournalFault.cannotOpen(path: path, reason: .missing)) {
            try SQLiteJournal.open(path: path, wanted: nil, mode: .readWrite(create: true))
        }
        #expect(directory.names.isEmpty)
    }

    @Test(arguments: modes)
    func aMissingDirectoryIsSaid(mode: JournalMode) throws {
        let path = directory.file("state/journal.sqlite")
        #expect(throws: JournalFault.cannotOpen(path: path, reason: .directoryMissing)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
    }

    @Test(arguments: modes)
    func aDirectoryIsNoJournal(mode: JournalMode) throws {
        let path = directory.path
        #expect(throws: JournalFault.cannotOpen(path: path, reason: .isDirectory)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
    }

    @Test(
        arguments: modes,
        ["", "not a database, but long enough to be looked at by SQLite: \(String(repeating: "x", count: 200))"]
    )
    func aFileOfAnotherKindIsRefusedAndLeftAsItIs(mode: JournalMode, text: String) throws {
        try Bytes.write(Array(text.utf8), to: path)
        #expect(throws: JournalFault.notAJournal(path: path)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
        #expect(try Bytes.read(path) == Array(text.utf8))
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test(arguments: modes)
    func aDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs(mode: JournalMode) throws {
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE identity (runbook, environment)") }
        try other.close()
        let before = try Bytes.read(path)
        #expect(throws: JournalFault.notAJournal(path: path)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
        #expect(try Bytes.read(path) == before)
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test(arguments: modes)
    func aNewerFormatIsRefused(mode: JournalMode) throws {
        let journal = try openFilled(in: directory).journal
        try journal.withoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(Schema.format + 1)") }
        try journal.close()
        let before = try Bytes.read(path)
        #expect(throws: JournalFault.newerFormat(path: path, found: Schema.format + 1, supported: Schema.format)) {
            try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
        }
        #expect(try Bytes.read(path) == before)
    }

    @Test(
        arguments: modes,
        [
            JournalIdentity(runbook: "lgtm-fargate", environment: "stage"),
            JournalIdentity(runbook: "other", environment: "prod"),
        ]
    )
    func theJournalOfAnotherRunbookOrEnvironmentIsRefused(mode: JournalMode, wanted: JournalIdentity) throws {
        try openFilled(in: directory).journal.close()
        #expect(throws: JournalFault.otherRunbook(path: path, found: Samples.identity, wanted: wanted)) {
            try SQLiteJournal.open(path: path, wanted: wanted, mode: mode)
        }
        let journal = try SQLiteJournal.open(path: path, wanted: nil, mode: mode)
        #expect(journal.identity == Samples.identity)
    }

    @Test func pathsWithSignsOfURIsAreJustPaths() throws {
        for name in ["a?mode=memory.sqlite", "50%25.sqlite", "a#b c.sqlite", "한글.sqlite"] {
            let journal = try SQLiteJournal.open(
                path: directory.file(name),
                wanted: Samples.identity,
                mode: .readWrite(create: true)
            )
            #expect(directory.names.contains(name))
            try journal.close()
        }
    }

    @Test func aFullDiskWritesNothingAndLosesNothing() throws {
        let (journal, lease) = try openFilled(in: directory)
        let pages = try journal.withoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 1)")
            return pages
        }
        let large = RunEvent.step(Samples.bucket, .skipped(reason: String(repeating: "x", count: 20_000), by: nil))
        #expect(throws: JournalFault.full(path: path)) {
            try journal.append(
                Samples.entries(from: 13, [Samples.events[1], large]),
                evidence: [Samples.evidence("a", at: 13)],
                to: 1,
                under: lease
            )
        }
        #expect(try journal.events(of: 1) == Samples.entries())
        #expect(try journal.verifyChain(of: 1).isIntact)
        try journal.withoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = \(pages + 100)") }
        try journal.append(Samples.entries(from: 13, [large]), evidence: [], to: 1, under: lease)
        #expect(try journal.verifyChain(of: 1).isIntact)
    }

    @Test func aDamagedFileIsCorrupted() throws {
        try openFilled(in: directory).journal.close()
        var bytes = try Bytes.read(path)
        for index in 4096..<bytes.count { bytes[index] = 0xA5 }
        try Bytes.write(bytes, to: path)
        let fault = #expect(throws: JournalFault.self) {
            let journal = try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
            _ = try journal.events(of: 1)
        }
        guard case .corrupted = fault else {
            Issue.record("\(String(describing: fault)) where corruption was expected")
            return
        }
    }

    @Test func aJournalThatIsLockedForTooLongIsBusy() throws {
        let (journal, lease) = try openFilled(in: directory)
        try journal.withoutTransaction { try $0.execute(sql: "PRAGMA busy_timeout = 1") }
        let other = try openNew(in: directory)
        try other.withoutTransaction { db in
            try db.execute(sql: "BEGIN IMMEDIATE")
            #expect(throws: JournalFault.busy(path: path)) {
                try journal.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: lease)
            }
            try db.execute(sql: "ROLLBACK")
        }
        try journal.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: lease)
    }

    /// Runs as a user of no rights in a child process, since this user may be root, who may do anything.
    @Test func aFileThatMayNotBeWrittenIsReadOnly() async throws {
        try openFilled(in: directory).journal.close()
        chmod(path, 0o644)
        chmod(directory.path, 0o777)
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Stranger.become()
            #expect(throws: JournalFault.readOnly(path: path)) {
                try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readWrite(create: true))
            }
            let journal = try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
            #expect(try journal.events(of: 1) == Samples.entries())
        }
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test func aDirectoryThatMayNotBeWrittenIsSaid() async throws {
        chmod(directory.path, 0o555)
        defer { chmod(directory.path, 0o700) }
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Stranger.become()
            #expect(throws: JournalFault.cannotOpen(path: path, reason: .directoryNotWritable)) {
                try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readWrite(create: true))
            }
        }
        chmod(directory.path, 0o700)
        try openFilled(in: directory).journal.close()
        chmod(path, 0o666)
        chmod(directory.path, 0o555)
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Stranger.become()
            #expect(throws: JournalFault.cannotOpen(path: path, reason: .directoryNotWritable)) {
                try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readWrite(create: false))
            }
            let journal = try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
            #expect(try journal.events(of: 1) == Samples.entries())
        }
        #expect(directory.names == ["journal.sqlite"])
    }
}
