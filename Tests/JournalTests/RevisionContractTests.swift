import Digest
import GRDB
import MigrateCore
import TestSupport
import Testing

@testable import Journal

/// A later definition is kept with the events by which the run went over to it, and its text is on the chain.
@Suite struct RevisionContractTests {
    private static func digest(_ text: String) -> String { Hex.encode(SHA256.digest(Array(text.utf8))) }

    /// The plan of the night with one step more at its end.
    private static var longer: Plan {
        var plan = Chronicle.plan
        plan.steps.append(
            PlanStep(
                id: StepID("farewell"),
                phase: PhaseID("phase-2"),
                title: LocalizedText("Farewell"),
                work: .manual(text: LocalizedText("Thank them")),
                needs: [StepID("notice")]
            )
        )
        return plan
    }

    static func revise(_ chronicle: inout Chronicle) throws {
        try chronicle.revise(
            to: longer,
            digest: digest(try ValueEncoder.encode(longer).text),
            source: "longer",
            sourceDigest: digest("longer")
        )
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aRevisionComesBackAndIsReplayed(store: JournalUnderTest) throws {
        try store.with { journal throws in
            var chronicle = try Chronicle(Chronicle.plan, in: journal) { state in
                let header = try #require(try journal.latestRun())
                let replayed = RunState.replay(header, entries: try journal.events(of: 1))
                var snapshot = RunLines(of: replayed).snapshot
                snapshot.holder = try journal.currentLease()
                #expect(try journal.latestSnapshot() == snapshot)
                #expect(replayed.plan == state.plan && replayed.header == state.header)
            }
            try chronicle.session { effect in
                if case .probe = effect { .answer(.probe(ProbeAnswer(.fail("no such bucket")))) } else { .well }
            }
            try Self.revise(&chronicle)
            #expect(try journal.latestRun()?.revisions.map(\.revision) == [2])
            #expect(try journal.latestRun()?.plan == Chronicle.plan)
            #expect(chronicle.state.plan == Self.longer && chronicle.state.revision == 2)
            try chronicle.session()
            #expect(try journal.latestSnapshot()?.phases.last?.steps.last?.id == StepID("farewell"))
            try chronicle.crash()
            #expect(chronicle.state.plan == Self.longer)
        }
    }

    @Test(arguments: JournalUnderTest.allCases)
    func aLostLeaseRevisesNothing(store: JournalUnderTest) throws {
        try store.with { journal throws in
            var chronicle = try Chronicle(Chronicle.plan, in: journal)
            _ = try journal.acquireLease(Samples.claim { _ in true }, takesOver: true)
            #expect(throws: LeaseLost()) { try Self.revise(&chronicle) }
            #expect(try journal.events(of: 1) == [])
            #expect(try journal.latestRun()?.revisions == [])
        }
    }

    /// What somebody does to the definition, and whether that is found.
    @Test(arguments: [
        "UPDATE revision SET plan = replace(plan, 'Farewell', 'Welcome')",
        "UPDATE revision SET source = 'shorter'", "UPDATE revision SET hash = zeroblob(32)", "DELETE FROM revision",
    ])
    func aDefinitionThatIsNotTheOneGoneOverToIsFound(sql: String) throws {
        let directory = try TemporaryDirectory()
        let journal = try openNew(in: directory)
        var chronicle = try Chronicle(Chronicle.plan, in: journal)
        try Self.revise(&chronicle)
        #expect(try journal.verifyChain(of: 1).isIntact && journal.checkStanding().isTrue)
        try journal.write { db in
            try db.execute(sql: "DROP TRIGGER revision_is_not_updated; DROP TRIGGER revision_is_not_deleted")
            try db.execute(sql: sql)
            #expect(db.changesCount == 1)
        }
        #expect(try journal.verifyChain(of: 1).firstBroken == 1)
        #expect(throws: JournalFault.self) { _ = (try journal.latestRun(), try journal.events(of: 1)) }
    }
}
