import ArgumentParser
import Journal
import MigrateCore
import Reports

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Show what happened, or prove that the record is whole."
    )

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Check the chain of hashes from the first event to the last.")
    var verify = false

    @Flag(help: "Go on with what happens, until Ctrl-C.")
    var follow = false

    /// Time between two looks at a journal that is followed.
    private static let pace = Duration.milliseconds(200)

    func validate() throws {
        if verify, follow { throw ValidationError("give `--verify` or `--follow`, not both") }
    }

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            var (journal, state) = try keeper.latestOrRefuse()
            if verify { return try check(journal, run: state.header.number, in: composition.language) }
            var place = try tell(of: &state, in: journal, after: 0, composition)
            while follow {
                try await composition.clock.sleep(for: Self.pace)
                guard let newest = try journal.newest(), newest.run == state.header.number else { return .success }
                if newest.sequence > place {
                    place = try tell(of: &state, in: journal, after: place, composition)
                }
            }
            return .success
        }
    }

    /// Prints what follows `place`, and returns the place of the last event; `state` takes in what it has not got.
    private func tell(
        of state: inout RunState,
        in journal: SQLiteJournal,
        after place: Int,
        _ composition: Composition
    ) throws -> Int {
        if options.json {
            var place = place
            try journal.dump(of: state.header.number, after: place) { line in
                Talk.print(line)
                place += 1
            }
            return place
        }
        let entries = try journal.events(of: state.header.number, after: place)
        let style = composition.style
        for entry in entries {
            if let line = EventLine(entry, in: state.plan, language: style.language) {
                Talk.print(line.rendered(style))
            }
            if entry.sequence > state.sequence { state.apply(entry) }
        }
        return entries.last?.sequence ?? place
    }

    private func check(_ journal: SQLiteJournal, run: Int, in language: Language) throws -> ExitStatus {
        let report = try journal.verifyChain(of: run)
        if let broken = report.firstBroken {
            Talk.print(Phrasebook.broken(at: broken, run: run, in: language))
            return .checkFailed
        }
        Talk.print(Phrasebook.whole(report.count, head: report.headHash, run: run, in: language))
        let standing = try journal.checkStanding()
        guard standing.isTrue else {
            Talk.print(Phrasebook.untrue(standing, run: run, in: language))
            return .checkFailed
        }
        return .success
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a step: what it did, what was seen, how it would be undone."
    )

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Step; the name of a loop or of a composite stands for everything in it.")
    var step: String

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let (journal, state) = try keeper.latestOrRefuse()
            let meant = try state.plan.step(meantBy: step)
            let steps = state.plan.steps.filter { meant.covers($0.id) }
            let subjects = try steps.map { planned in
                StepReport.Subject(
                    step: planned,
                    record: state.record(of: planned.id) ?? StepRecord(),
                    evidence: try journal.evidence(of: state.header.number, step: planned.id)
                )
            }
            if options.json {
                let found = subjects.map { StepReport.json(of: $0) }
                Talk.print((found.count == 1 ? found[0] : .array(found)).indentedText)
            } else {
                let style = composition.style
                let texts = subjects.map { StepReport.text(of: $0, style: style, showsFacts: options.verbose) }
                Talk.print(texts.joined(separator: "\n\n"))
            }
            return .success
        }
    }
}

extension RunKeeper {
    /// Latest run.
    ///
    /// Throws: `CommandFault.nothingHasRun`.
    func latestOrRefuse() throws -> (journal: SQLiteJournal, state: RunState) {
        guard let found = try latest() else { throw try nothingHasRun() }
        return found
    }

    /// What is said where a run is asked for and there is none.
    func nothingHasRun() throws -> CommandFault {
        .nothingHasRun(
            runbook: try RunbookName.read(target.folder, composition),
            environment: target.environment
        )
    }
}
