import GRDB
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// How a run stands is read without replaying it, and is what the replay gives.
@Suite struct StandingTests {
    @Test(arguments: JournalUnderTest.allCases)
    func whatIsReadEqualsTheReplayAfterEveryAppend(store: JournalUnderTest) throws {
        try store.with { journal throws in
            var words: Set<String> = []
            var statuses: Set<RunSnapshot.Status> = []
            var chronicle = try Chronicle(Chronicle.plan, in: journal) { state in
                let replayed = RunSnapshot(
                    state: .replay(state.header, entries: try journal.events(of: 1)),
                    holder: try journal.currentLease(),
                    isHolderAlive: true
                )
                #expect(try journal.latestSnapshot() == replayed)
                #expect(try (journal as? SQLiteJournal)?.checkStanding().isKept != false)
                statuses.insert(replayed.status)
                words.formUnion(replayed.phases.flatMap { $0.steps.map(\.state) })
            }
            try chronicle.liveThroughTheNight()
            // Why counted: a night in which little happened would prove little.
            #expect(statuses.isSuperset(of: [.pending, .inProgress, .waiting, .paused, .rollingBack, .rolledBack]))
            #expect(
                words.isSuperset(of: [
                    "pending", "in_progress", "prechecking", "verifying", "soaking", "waiting_approval", "succeeded",
                    "already_satisfied", "skipped", "failed", "in_doubt", "rolling_back", "rolled_back",
                    "rollback_failed", "rollback_skipped", "kept",
                ])
            )
            #expect(try journal.latestSnapshot()?.kept == [StepID("image")])
        }
    }

    private static func tell(_ directory: TemporaryDirectory) throws -> SQLiteJournal {
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try chronicle.liveThroughTheNight()
        return journal
    }

    /// What somebody does to the lines, and the steps that are then found to differ.
    private static let tampering: [(String, Bool, [String])] = [
        ("UPDATE step_standing SET state = 'succeeded' WHERE id = 'image'", true, ["image"]),
        ("UPDATE step_standing SET note = NULL WHERE id IN ('role', 'notice')", true, ["role", "notice"]),
        ("UPDATE standing SET status = 'succeeded'", false, []),
        ("UPDATE phase_standing SET title = 'Other'", false, []),
    ]

    @Test(arguments: tampering)
    func linesThatAreNotWhatTheEventsAddUpToAreFound(sql: String, isRunTrue: Bool, steps: [String]) throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        #expect(try journal.checkStanding().isTrue)
        try journal.write { try $0.execute(sql: sql) }
        let report = try journal.checkStanding()
        #expect(!report.isTrue && report.isRunTrue == isRunTrue && report.steps == steps.map { StepID($0) })
    }

    @Test(arguments: [0, 1, -1]) func aLineThatIsMissingIsMissed(place: Int) throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        let place = place < 0 ? Chronicle.plan.steps.count - 1 : place
        try journal.write { try $0.execute(sql: "DELETE FROM step_standing WHERE place = ?", arguments: [place]) }
        #expect(throws: JournalFault.self) { try journal.latestSnapshot() }
        #expect(throws: JournalFault.self) { try journal.checkStanding() }
    }

    @Test(arguments: [(-1, 1), (0, Int.max), (Int.max, 1)])
    func aPhaseThatReachesTooFarIsMissed(first: Int, steps: Int) throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        let sql = "UPDATE phase_standing SET first_step = ?, steps = ? WHERE place = 1"
        try journal.write { try $0.execute(sql: sql, arguments: [first, steps]) }
        #expect(throws: JournalFault.self) { try journal.latestSnapshot() }
    }

    /// As an older tool leaves it that had the file open while this one brought it to its format.
    @Test func linesThatFellBehindAreNotShown() throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        let before = try journal.events(of: 1)
        let again = """
            INSERT INTO event (run, sequence, at, epoch, kind, step, body, previous, hash)
            SELECT run, sequence + 1, at + 1, epoch, kind, step, body, hash, zeroblob(32) FROM event
            WHERE sequence = \(before.count)
            """
        try journal.write { try $0.execute(sql: again) }
        let events = try journal.events(of: 1)
        #expect(events.count == before.count + 1 && events.last?.event == before.last?.event)
        var snapshot = RunLines(of: .replay(try #require(try journal.latestRun()), entries: events)).snapshot
        snapshot.holder = try journal.currentLease()
        #expect(snapshot.events == events.count)
        #expect(try journal.latestSnapshot() == snapshot)
        #expect(try journal.checkStanding() == StandingReport(isKept: false, isRunTrue: true, steps: []))
        // One of format 2 writes them.
        try journal.write { try $0.execute(sql: "UPDATE standing SET sequence = \(events.count)") }
        #expect(try journal.checkStanding().isKept)
    }

    @Test func linesThatAreMissingAreNotTakenForTheRun() throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try chronicle.session()
        try journal.write { db in
            for table in ["standing", "phase_standing", "step_standing"] { try db.execute(sql: "DELETE FROM \(table)") }
        }
        try chronicle.crash()
        try chronicle.session()
        var snapshot = RunLines(of: chronicle.state).snapshot
        snapshot.holder = try journal.currentLease()
        #expect(try journal.latestSnapshot() == snapshot)
        #expect(snapshot.phases.count == 2)
    }

    @Test func anOlderToolThatHasTheFileOpenCannotBeginARun() throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        _ = try journal.begin(Samples.header, under: Lease(epoch: try #require(try journal.currentLease()).epoch))
        let first = """
            INSERT INTO event (run, sequence, at, epoch, kind, step, body, previous, hash)
            SELECT 2, 1, at, epoch, kind, step, body, hash, zeroblob(32) FROM event WHERE sequence = 1
            """
        #expect(throws: JournalFault.self) { try journal.write { try $0.execute(sql: first) } }
        #expect(try journal.events(of: 2).isEmpty)
    }

    @Test func theFirstBatchOfASessionSetsRightWhatWasKeptWrong() throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try chronicle.liveThroughTheNight()
        try journal.write { try $0.execute(sql: "UPDATE step_standing SET state = 'succeeded' WHERE id = 'image'") }
        #expect(try !journal.checkStanding().isTrue)
        try chronicle.crash()
        try chronicle.session()
        #expect(try journal.checkStanding() == StandingReport(isKept: true, isRunTrue: true, steps: []))
    }

    @Test func onlyTheLatestRunIsKept() throws {
        let directory = try TemporaryDirectory()
        let journal = try Self.tell(directory)
        let lease = try #require(try journal.currentLease())
        _ = try journal.begin(Samples.header, under: Lease(epoch: lease.epoch))
        let snapshot = try #require(try journal.latestSnapshot())
        #expect(snapshot.run == 2 && snapshot.phases.count == 1 && snapshot.events == 0)
        #expect(try journal.checkStanding().isTrue)
    }

    private static func isNothingLeftOut(_ subject: Any, but names: Set<String> = []) -> Bool {
        Mirror(reflecting: subject).children.allSatisfy { "\($0.value)" != "nil" || names.contains($0.label ?? "") }
    }

    /// A member that is added to a snapshot one day, and to this test when it says so, needs a column.
    @Test(arguments: JournalUnderTest.allCases)
    func everyMemberOfALineIsKept(store: JournalUnderTest) throws {
        try store.withRun { journal, lease throws in
            var step = StepSnapshot(
                id: Samples.bucket,
                title: LocalizedText(texts: ["en": "Bucket", "ko": "버킷"]),
                kind: "s3.bucket",
                state: "soaking",
                rollback: "captured"
            )
            step.approval = "cutover"
            step.composite = StepID("shift")
            // What the plan says of a step is written with the plan.
            let header = try #require(try journal.latestRun())
            var lines = RunLines(of: RunState(header: header))
            lines.steps = [step]
            let definition = RunDefinition(revision: 2, plan: header.plan, digest: "d", source: "s")
            try journal.revise(definition, events: [], leaving: lines, of: 1, under: lease)
            step.isPassed = true
            step.note = "noted"
            step.problem = Problem("wrong", hint: "look")
            step.attempts = 3
            step.startedAt = Samples.noon
            step.endedAt = Samples.noon + .seconds(1)
            step.waitsUntil = Samples.noon + .seconds(2)
            step.isOwned = true
            #expect(Self.isNothingLeftOut(step))
            var run = lines.run
            run.status = .rollingBack
            run.isSessionOpen = true
            run.pause = .requirement(PhaseID("phase-1"), "stale")
            run.end = .paused(.watch(Samples.bucket, "5xx"))
            run.changedAt = Samples.noon
            run.timeScale = 60
            // Notices have a table of their own, written with their events: `NoticeStandingTests`.
            #expect(Self.isNothingLeftOut(run, but: ["holder", "holderLoss", "notices"]))
            let standing = Standing(run: run, isRunChanged: true, steps: [0: step])
            try journal.append([], evidence: [], standing: standing, to: 1, under: lease)
            var snapshot = try #require(try journal.latestSnapshot())
            #expect(snapshot.phases.first?.steps == [step])
            snapshot.phases = []
            snapshot.holder = nil
            #expect(snapshot == run)
        }
    }
}
