import GRDB
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// What people were told, or could not be told, is read without a replay, and survives a process that is gone.
@Suite struct NoticeStandingTests {
    private static let plan: Plan = {
        var plan = Samples.header.plan
        let call = ActionCall(kind: "webhook.post", parameters: ["body": "${notice.text}"], effect: .nonIdempotent)
        plan.notices = [PlanNotice(id: "team", call: call)]
        return plan
    }()

    private static func session(_ epoch: Int) -> RunInput {
        .begin(
            Session(
                epoch: epoch,
                holder: "kim@bastion 1",
                operatorName: "kim",
                goal: .forward(from: nil, through: nil, only: nil)
            )
        )
    }

    /// Takes `inputs` in, one append each, and returns the machine as it is then.
    private static func carryOn(_ journal: SQLiteJournal, _ inputs: [RunInput]) throws -> RunMachine {
        let claim = LeaseClaim(
            user: "kim",
            host: "bastion",
            process: 1,
            processStart: "1",
            operation: "run",
            at: Samples.noon,
            isDead: { _ in true }
        )
        let lease = try journal.acquireLease(claim, takesOver: false)
        let header: RunHeader
        if let latest = try journal.latestRun() {
            header = latest
        } else {
            var first = Samples.header
            first.plan = plan
            header = try journal.begin(first, under: lease)
        }
        var machine = RunMachine(state: .replay(header, entries: try journal.events(of: header.number)))
        for input in [session(lease.epoch)] + inputs {
            let entries = try machine.take(input, at: Samples.noon)
            try journal.append(
                entries,
                evidence: [],
                standing: machine.takeStanding(),
                to: header.number,
                under: lease
            )
            #expect(try journal.latestSnapshot()?.notices == RunLines(of: machine.state).snapshot.notices)
        }
        return machine
    }

    private static let failure = RunInput.answered(
        .probe(Samples.bucket, attempt: 1),
        .probe(ProbeAnswer(.fail("no such bucket")))
    )

    @Test func whatBecameOfEachIsReadWithoutAReplay() throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        let machine = try Self.carryOn(journal, [Self.failure])
        let id = try #require(machine.state.notices.pending.first?.id)
        #expect(try journal.checkStanding().isTrue)
        let refused = NoticeFate.refused(Problem("no such hook"))
        _ = try Self.carryOn(journal, [.noticeEnded(id, refused, head: nil)])
        #expect(try journal.checkStanding().isTrue)
        #expect(try journal.verifyChain(of: 1).isIntact)
    }

    @Test func whatAProcessThatIsGoneWasTellingIsUnknownToTheNext() throws {
        let directory = try TemporaryDirectory()
        let first = try Self.carryOn(try openNew(in: directory), [Self.failure])
        let id = try #require(first.state.notices.pending.first?.id)
        let second = try Self.carryOn(
            try SQLiteJournal.open(
                path: directory.file("journal.sqlite"),
                wanted: Samples.identity,
                mode: .readWrite(create: false)
            ),
            []
        )
        let record = try #require(second.state.notices[id])
        #expect(record.fate == .unknown(Problem("the process ended while it was on its way")))
        #expect(second.state.notices.pending.isEmpty)
    }

    @Test func aRunThatTellsNobodyHasNoTableForIt() throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try chronicle.liveThroughTheNight()
        let tables = try journal.withoutTransaction {
            try String.fetchAll($0, sql: "SELECT name FROM sqlite_master WHERE name = 'notice_standing'")
        }
        #expect(tables == [])
        #expect(try journal.latestSnapshot()?.notices == nil)
    }

    @Test func theHeadThatIsToldIsTheOneThatVerificationShows() throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        _ = try Self.carryOn(journal, [Self.failure])
        let port: any RunJournal = journal
        #expect(try port.headHash(of: 1) == journal.verifyChain(of: 1).headHash)
    }
}
