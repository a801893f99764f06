import GRDB
import Glibc
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// Journals of every format there was are shown as they were, and brought to this tool's when they are written to.
@Suite struct CorpusTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// What was worked out beside the steps in some formats, and is worked out from them now.
    private func described(_ snapshot: RunSnapshot) throws -> Value {
        guard case .object(var members) = try ValueEncoder.encode(snapshot) else { return .null }
        members["kept"] = try ValueEncoder.encode(snapshot.kept)
        members["notExercised"] = try ValueEncoder.encode(snapshot.notExercised)
        return .object(members)
    }

    private func open(_ path: String, _ mode: JournalMode) throws -> SQLiteJournal {
        try SQLiteJournal.open(path: path, wanted: Samples.identity, mode: mode)
    }

    /// Tables and triggers, but for those that a file gets when it needs them.
    private func definitions(in journal: SQLiteJournal) throws -> [String] {
        let query = "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name <> 'notice_standing' ORDER BY type, name"
        return try journal.read { try String.fetchAll($0, sql: query) }.map { $0.replacing("\"", with: "") }
    }

    @Test(arguments: Corpus.formats)
    func everyFormatIsShownAsItWasWithoutATrace(format: Int) throws {
        let path = try Corpus.copy(of: format, to: directory)
        let before = try Bytes.read(path)
        let snapshot = try #require(try open(path, .readOnly).latestSnapshot())
        let expected = try Corpus.snapshot(of: format)
        #expect(expected["phases"].array?.count == 2)
        #expect(expected.isCovered(by: try described(snapshot)))
        #expect(try Bytes.read(path) == before)
        #expect(directory.names == ["journal.sqlite"])
    }

    @Test(arguments: Corpus.formats)
    func everyFormatIsBroughtToThisOneAndShowsTheSame(format: Int) throws {
        let path = try Corpus.copy(of: format, to: directory)
        let reader = try open(path, .readOnly)
        let snapshot = try #require(try reader.latestSnapshot())
        let events = try reader.events(of: 1)
        // As processes leave them that were killed on the way: no process has this number.
        for ending in ["", "-journal"] {
            try Bytes.write([], to: directory.file("journal.sqlite.format-\(format).new-999999999-1\(ending)"))
        }
        let journal = try open(path, .readWrite(create: false))
        #expect(try journal.withoutTransaction { try Schema.format(of: $0) } == Schema.format)
        #expect(try journal.checkStanding() == StandingReport(isKept: true, isRunTrue: true, steps: []))
        for shown in [journal, reader] { #expect(try shown.latestSnapshot() == snapshot) }
        #expect(try journal.events(of: 1) == events)
        #expect(try journal.verifyChain(of: 1).isIntact)
        #expect(directory.names.filter { $0.contains("format") } == [])
        #expect(try definitions(in: journal) == definitions(in: openNew(in: TemporaryDirectory())))
    }

    @Test(arguments: Corpus.formats)
    func theRunGoesOnInThisFormat(format: Int) throws {
        let path = try Corpus.copy(of: format, to: directory)
        let journal = try open(path, .readWrite(create: false))
        var chronicle = try Chronicle(goingOnIn: journal)
        let before = chronicle.state.sequence
        try chronicle.session()
        #expect(chronicle.state.sequence > before)
        #expect(try journal.checkStanding().isTrue && journal.verifyChain(of: 1).isIntact)
    }

    @Test(arguments: Corpus.formats)
    func aJournalThatCannotBeBroughtToThisFormatStaysAsItIsWithACopyBeside(format: Int) throws {
        let path = try Corpus.copy(of: format, to: directory)
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER event_is_not_updated")
            try db.execute(sql: "UPDATE event SET body = '{' WHERE sequence = 40")
        }
        try queue.close()
        #expect(throws: JournalFault.self) { try open(path, .readWrite(create: false)) }
        for name in ["journal.sqlite", "journal.sqlite.format-\(format)"] {
            let reader = try open(directory.file(name), .readOnly)
            #expect(try reader.read { try Schema.format(of: $0) } == format)
            #expect(try reader.latestRun()?.number == 1)
        }
    }

    /// This tool's own format follows once it is released.
    @Test func everyEarlierFormatIsInTheCorpus() {
        #expect(Corpus.formats == Array(1..<Schema.format), "`RECORD_CORPUS=1 swift test --filter CorpusTests`")
    }

    /// Records the journal of this format, and fails, so that nobody records without knowing.
    @Test(.enabled(if: getenv("RECORD_CORPUS") != nil))
    func recordThisFormat() throws {
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try chronicle.liveThroughTheNight()
        try RevisionContractTests.revise(&chronicle)
        try chronicle.session { effect in
            if case .probe = effect { .answer(.probe(ProbeAnswer(.fail("no such bucket")))) } else { .well }
        }
        let snapshot = try #require(try journal.latestSnapshot())
        try journal.close()
        let name = "format-\(Schema.format)"
        try Bytes.copy(directory.file("journal.sqlite"), to: Corpus.path("\(name).sqlite"))
        try Bytes.write(Array(try described(snapshot).indentedText.utf8) + [10], to: Corpus.path("\(name).json"))
        Issue.record("recorded \(name)")
    }

    @Test func aJournalThatIsUpToDateIsNotCopied() throws {
        try openFilled(in: directory).journal.close()
        let before = try Bytes.read(directory.file("journal.sqlite"))
        // As a process leaves it that was killed once it had brought the journal here.
        try Bytes.write([], to: directory.file("journal.sqlite.format-2"))
        try open(directory.file("journal.sqlite"), .readWrite(create: false)).close()
        #expect(try Bytes.read(directory.file("journal.sqlite")) == before)
        #expect(directory.names == ["journal.sqlite"])
    }
}
