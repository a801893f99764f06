import GRDB
import MigrateCore
import TestSupport
import Testing

import struct Foundation.Data

@testable import Journal

/// Whatever is changed in the file is found.
@Suite struct ChainTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test func anUntouchedChainIsIntactAndItsHeadIsTheLastHash() throws {
        let (journal, lease) = try openFilled(in: directory)
        let report = try journal.verifyChain(of: 1)
        #expect(report.isIntact)
        #expect(report.count == Samples.events.count)
        #expect(report.pendingEvidence == 0)
        #expect(try journal.headHash(of: 1) == report.headHash)
        try journal.append(Samples.entries(from: 13, [Samples.events[1]]), evidence: [], to: 1, under: lease)
        #expect(try journal.headHash(of: 1) != report.headHash)
        #expect(try journal.verifyChain(of: 1).isIntact)
    }

    @Test func aRunWithoutEventsHasTheHashOfItsHeader() throws {
        let journal = try openNew(in: directory)
        let lease = try journal.acquireLease(Samples.claim(), takesOver: false)
        _ = try journal.begin(Samples.header, under: lease)
        let report = try journal.verifyChain(of: 1)
        #expect(report.isIntact && report.count == 0)
        #expect(try journal.headHash(of: 1) == report.headHash)
        #expect(throws: NoSuchRun(number: 2)) { try journal.verifyChain(of: 2) }
        #expect(throws: NoSuchRun(number: 2)) { try journal.headHash(of: 2) }
    }

    /// What somebody does to the file, and the first event that is then not what was written.
    private static let tampering: [(String, Int)] = [
        ("UPDATE event SET body = replace(body, 'INSYNC', 'INSYNc') WHERE sequence = 6", 6),
        ("UPDATE event SET body = body || ' ' WHERE sequence = 4", 4),
        ("UPDATE event SET at = at + 1 WHERE sequence = 5", 5),
        ("UPDATE event SET epoch = 2 WHERE sequence = 5", 5),
        ("UPDATE event SET kind = 'step.kept' WHERE sequence = 2", 2),
        ("UPDATE event SET step = NULL WHERE sequence = 2", 2),
        ("UPDATE event SET hash = zeroblob(32) WHERE sequence = 7", 7),
        ("UPDATE event SET previous = zeroblob(32) WHERE sequence = 7", 7),
        ("DELETE FROM event WHERE sequence = 1", 1),
        ("DELETE FROM event WHERE sequence = 8", 8),
        ("UPDATE event SET id = id + 100, sequence = sequence + 100 WHERE sequence = 12", 12),
        ("UPDATE evidence SET body = replace(body, '200', '500') WHERE sequence = 6 AND ordinal = 1", 6),
        ("UPDATE evidence SET stage = 'verify' WHERE sequence = 9 AND ordinal = 2", 9),
        ("UPDATE evidence SET step = NULL WHERE sequence = 3 AND ordinal = 1", 3),
        ("UPDATE evidence SET hash = zeroblob(32) WHERE sequence = 3 AND ordinal = 2", 3),
        ("DELETE FROM evidence WHERE sequence = 3 AND ordinal = 2", 3),
        ("DELETE FROM evidence WHERE sequence = 3 AND ordinal = 1", 3),
        ("UPDATE evidence SET sequence = 4 WHERE sequence = 3", 3),
        ("INSERT INTO evidence SELECT 1, 4, 1, step, stage, body, hash FROM evidence WHERE sequence = 3 LIMIT 1", 4),
        ("UPDATE run SET plan = replace(plan, 'lgtm', 'lgtn')", 0),
        ("UPDATE run SET source = ''", 0),
        ("UPDATE run SET initiator = 'lee'", 0),
        ("UPDATE run SET hash = zeroblob(32)", 0),
    ]

    @Test(arguments: tampering)
    func whatIsChangedIsFoundWhereItIs(sql: String, firstBroken: Int) throws {
        let (journal, _) = try openFilled(in: directory)
        try journal.write { db in
            for trigger in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(trigger)")
            }
            try db.execute(sql: sql)
            #expect(db.changesCount > 0)
        }
        #expect(try journal.verifyChain(of: 1).firstBroken == firstBroken)
    }

    @Test func bytesAnywhereInABodyCount() throws {
        let (journal, _) = try openFilled(in: directory)
        try journal.write { try $0.execute(sql: "DROP TRIGGER event_is_not_updated") }
        let body = try journal.read { try String.fetchOne($0, sql: "SELECT body FROM event WHERE sequence = 4") } ?? ""
        for offset in stride(from: 0, to: body.utf8.count, by: 7) {
            var bytes = Array(body.utf8)
            bytes[offset] ^= 1
            try journal.write {
                try $0.execute(
                    sql: "UPDATE event SET body = CAST(? AS TEXT) WHERE sequence = 4",
                    arguments: [Data(bytes)]
                )
            }
            #expect(try journal.verifyChain(of: 1).firstBroken == 4)
        }
        try journal.write { try $0.execute(sql: "UPDATE event SET body = ? WHERE sequence = 4", arguments: [body]) }
        #expect(try journal.verifyChain(of: 1).isIntact)
    }

    @Test func evidenceWaitsForTheEventThatCoversIt() throws {
        let (journal, lease) = try openFilled(in: directory)
        for subject in ["first", "second"] {
            try journal.append([], evidence: [Samples.evidence(subject, at: 13)], to: 1, under: lease)
        }
        #expect(try journal.verifyChain(of: 1).pendingEvidence == 2)
        try journal.append(
            Samples.entries(from: 13, Array(Samples.events[1...2])),
            evidence: [Samples.evidence("third", at: 13)],
            to: 1,
            under: lease
        )
        let report = try journal.verifyChain(of: 1)
        #expect(report.isIntact && report.pendingEvidence == 0 && report.count == 14)
    }

    @Test func evidenceOfEveryEventOfABatchIsCovered() throws {
        let (journal, lease) = try openFilled(in: directory)
        try journal.append(
            Samples.entries(from: 13, Array(Samples.events[1...3])),
            evidence: [13, 14, 14, 15, 16].map { Samples.evidence("of \($0)", at: $0) },
            to: 1,
            under: lease
        )
        let report = try journal.verifyChain(of: 1)
        #expect(report.isIntact && report.pendingEvidence == 1)
        try journal.write { db in
            try db.execute(sql: "DROP TRIGGER evidence_is_not_updated")
            try db.execute(sql: "UPDATE evidence SET stage = 'verify' WHERE sequence = 15")
        }
        #expect(try journal.verifyChain(of: 1).firstBroken == 15)
    }

    @Test func aPinnedPlanThatWasChangedIsNotCarriedOut() throws {
        let (journal, _) = try openFilled(in: directory)
        try journal.write {
            try $0.execute(sql: "DROP TRIGGER run_is_not_updated; UPDATE run SET plan = replace(plan, '60', '61')")
        }
        #expect(throws: JournalFault.self) { try journal.latestRun() }
    }

    @Test func aBodyThatIsNoEventIsAFaultAndNotATrap() throws {
        let (journal, _) = try openFilled(in: directory)
        try journal.write { try $0.execute(sql: "DROP TRIGGER event_is_not_updated") }
        for body in ["{", "[]", "{\"step\":{\"_0\":\"bucket\"}}", "{\"new\":{}}"] {
            try journal.write {
                try $0.execute(sql: "UPDATE event SET body = ? WHERE sequence = 4", arguments: [body])
            }
            #expect(throws: JournalFault.self) { try journal.events(of: 1) }
        }
    }

    @Test func aDumpHoldsEveryEventWithItsEvidence() throws {
        let (journal, _) = try openFilled(in: directory)
        var lines: [Value] = []
        try journal.dump(of: 1) { lines.append(try Value(parsing: $0)) }
        #expect(lines.count == Samples.events.count)
        #expect(lines.last?["hash"].string == (try journal.headHash(of: 1)))
        for (line, entry) in zip(lines, Samples.entries()) {
            #expect(line["sequence"].integer == Int64(entry.sequence))
            #expect(line["at"].integer == entry.at.milliseconds)
            #expect(try ValueDecoder.decode(RunEvent.self, from: line["event"]) == entry.event)
            #expect(line["evidence"].array?.count == (entry.sequence % 3 == 0 ? 2 : 0))
        }
        var tail: [String] = []
        try journal.dump(of: 1, after: 10) { tail.append($0) }
        #expect(tail.count == 2)
    }
}
