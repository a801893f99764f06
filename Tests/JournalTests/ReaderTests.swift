import GRDB
import Glibc
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// A reader sees what is committed, whoever writes, and leaves no trace.
@Suite struct ReaderTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("journal.sqlite")
    }

    private func openReader() throws -> SQLiteJournal {
        try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
    }

    @Test func aReaderNeverWrites() throws {
        let (journal, lease) = try openFilled(in: directory)
        let reader = try openReader()
        let fault = JournalFault.readOnly(path: path)
        #expect(throws: fault) { try reader.insert(.pause, by: "lee", at: Samples.noon) }
        #expect(throws: fault) { try reader.acquireLease(Samples.claim { _ in true }, takesOver: true) }
        #expect(throws: fault) { try reader.append(Samples.entries(from: 13), evidence: [], to: 1, under: lease) }
        #expect(throws: fault) { try reader.begin(Samples.header, under: lease) }
        #expect(throws: fault) { try reader.renew(lease, at: Samples.noon) }
        #expect(throws: fault) { try reader.release(lease) }
        #expect(try journal.requests(after: 0) == [])
    }

    @Test func readingAQuietJournalLeavesNoTrace() throws {
        try openFilled(in: directory).journal.close()
        let before = try Bytes.read(path)
        let reader = try openReader()
        #expect(try reader.events(of: 1) == Samples.entries())
        #expect(try reader.currentLease()?.epoch == 1)
        #expect(directory.names == ["journal.sqlite"])
        try reader.close()
        #expect(try Bytes.read(path) == before)
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test func aReaderSeesEachCommitOfALiveWriter() throws {
        let (journal, lease) = try openFilled(in: directory)
        let reader = try openReader()
        for sequence in 13...40 {
            try journal.append(
                Samples.entries(from: sequence, [Samples.events[1]]),
                evidence: [],
                to: 1,
                under: lease
            )
            #expect(try reader.events(of: 1).count == sequence)
        }
    }

    @Test func aReaderFollowsWritersThatComeAndGo() throws {
        try openFilled(in: directory).journal.close()
        let reader = try openReader()
        #expect(try reader.events(of: 1).count == 12)
        for sequence in 13...16 {
            let writer = try openNew(in: directory)
            #expect(try reader.events(of: 1).count == sequence - 1)
            try writer.append(
                Samples.entries(from: sequence, [Samples.events[1]]),
                evidence: [],
                to: 1,
                under: Lease(epoch: 1)
            )
            #expect(try reader.events(of: 1).count == sequence)
            try writer.close()
            #expect(try reader.events(of: 1).count == sequence)
        }
    }

    /// The case that reading without locks must get right: the file changes between the first page read and the last.
    @Test func aReadDuringWhichTheFileChangedIsRepeated() throws {
        try openFilled(in: directory).journal.close()
        let reader = try openReader()
        var passes = 0
        let requests = try reader.read { db in
            passes += 1
            let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM request") ?? -1
            if passes == 1 {
                let writer = try openNew(in: directory)
                _ = try writer.insert(.pause, by: "lee", at: Samples.noon)
                try writer.close()
            }
            return before
        }
        #expect(passes == 2)
        #expect(requests == 1)
    }

    @Test func aWriterAndAReaderOfOneProcessDoNotWaitForEachOther() throws {
        let (journal, lease) = try openFilled(in: directory)
        let reader = try openReader()
        try journal.write { db in
            try db.execute(sql: "UPDATE lease SET renewed_at = 1")
            #expect(try reader.events(of: 1) == Samples.entries())
        }
        try journal.renew(lease, at: Samples.noon)
    }

    @Test func aReaderWithoutRightsSeesALiveWriterAndWhatACrashLeft() async throws {
        let (journal, _) = try openFilled(in: directory)
        chmod(directory.path, 0o555)
        for name in directory.names { chmod(directory.file(name), 0o644) }
        defer { chmod(directory.path, 0o700) }
        let readAsStranger: @Sendable (String) async -> Void = { path in
            await #expect(processExitsWith: .success) { [path = path as String] in
                try Stranger.become()
                let reader = try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
                #expect(try reader.events(of: 1) == Samples.entries())
            }
        }
        await readAsStranger(path)

        let crash = try TemporaryDirectory()
        for name in directory.names {
            try Bytes.copy(directory.file(name), to: crash.file(name))
            chmod(crash.file(name), 0o644)
        }
        chmod(crash.path, 0o555)
        defer { chmod(crash.path, 0o700) }
        await readAsStranger(crash.file("journal.sqlite"))
        withExtendedLifetime(journal) {}
    }

    @Test func aLogThatCannotBeTakenInIsSaid() async throws {
        let (journal, _) = try openFilled(in: directory)
        let crash = try TemporaryDirectory()
        for name in ["journal.sqlite", "journal.sqlite-wal"] {
            try Bytes.copy(directory.file(name), to: crash.file(name))
            chmod(crash.file(name), 0o644)
        }
        chmod(crash.path, 0o555)
        defer { chmod(crash.path, 0o700) }
        let path = crash.file("journal.sqlite")
        await #expect(processExitsWith: .success) { [path = path as String] in
            try Stranger.become()
            #expect(throws: JournalFault.cannotOpen(path: path, reason: .needsRecovery)) {
                try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: .readOnly)
            }
        }
        withExtendedLifetime(journal) {}
    }
}
