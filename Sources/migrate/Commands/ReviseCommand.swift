import ArgumentParser
import Digest
import Journal
import MigrateCore
import Reports

struct ReviseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revise",
        abstract: "Take a changed runbook, or changed values, into the run; steps that did something must be the same."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let revision = try keeper.revise()
            for line in ReportWords.lines(of: revision, in: keeper.language) { Talk.say(line) }
            return .success
        }
    }
}

extension RunKeeper {
    /// Makes the runbook as it is now the definition that the latest run goes on with.
    ///
    /// Throws: `CommandFault.held` while a process is at work, `RunRefusal`, `JournalFault`, and what is wrong with the
    /// runbook.
    func revise() throws -> PlanRevision {
        let planned = try composition.plan(target)
        let journal = try journalToWrite(create: false)
        let lease = try acquire(of: journal, for: "revise")
        do {
            let revision = try revise(journal, to: planned, under: lease)
            try journal.release(lease)
            return revision
        } catch {
            do { try journal.release(lease) } catch { Talk.say(Phrasebook.leaseNotReleased(error, in: language)) }
            throw error
        }
    }

    private func revise(
        _ journal: SQLiteJournal,
        to planned: (plan: Plan, source: String),
        under lease: Lease
    ) throws -> PlanRevision {
        guard let header = try journal.latestRun() else {
            throw CommandFault.nothingHasRun(runbook: planned.plan.runbook, environment: target.environment)
        }
        let state = RunState.replay(header, entries: try journal.events(of: header.number))
        try state.checkTool(ToolVersion.text)
        guard !state.isOver else {
            throw CommandFault.nothingHasRun(runbook: planned.plan.runbook, environment: target.environment)
        }
        var machine = RunMachine(state: state)
        var definition = RunDefinition(
            revision: 0,
            plan: planned.plan,
            digest: try composition.digest(of: planned.plan),
            source: planned.source
        )
        let events = try machine.revise(
            to: &definition,
            sourceDigest: Hex.encode(SHA256.digest(Array(planned.source.utf8))),
            by: ProcessIdentity.user,
            at: composition.clock.now()
        )
        try journal.revise(
            definition,
            events: events,
            leaving: RunLines(of: machine.state),
            of: header.number,
            under: lease
        )
        guard case .run(.revised(let revision))? = events.first?.event else {
            throw RunRefusal.nothingToRevise
        }
        return revision
    }
}
