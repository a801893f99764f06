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

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let (journal, state) = try keeper.latestOrRefuse()
            if verify { return try check(journal, run: state.header.number) }
            if options.json {
                try journal.dump(of: state.header.number) { Talk.print($0) }
                return .success
            }
            for entry in try journal.events(of: state.header.number) {
                if let line = Phrasebook.line(for: entry, in: state.plan, language: options.lang) { Talk.print(line) }
            }
            return .success
        }
    }

    private func check(_ journal: SQLiteJournal, run: Int) throws -> ExitStatus {
        let report = try journal.verifyChain(of: run)
        if let broken = report.firstBroken {
            Talk.print("run \(run): the record is broken at event \(broken)")
            return .checkFailed
        }
        Talk.print("run \(run): \(report.count) events, whole; head \(report.headHash)")
        let standing = try journal.checkStanding()
        guard standing.isTrue else {
            Talk.print(Phrasebook.untrue(standing, run: run))
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

    /// Whether `planned` is the step asked for, an item of it or a part of it.
    private func isMeant(_ planned: PlanStep) -> Bool {
        let id = planned.id.rawValue
        return id == step || id.hasPrefix("\(step)[") || id.hasPrefix("\(step)/")
    }

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let (journal, state) = try keeper.latestOrRefuse()
            let steps = state.plan.steps.filter { isMeant($0) }
            guard !steps.isEmpty else {
                throw RunRefusal.unknownStep(
                    step,
                    suggestion: Spelling.suggestion(for: step, among: state.plan.steps.map(\.id.rawValue))
                )
            }
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
        guard let found = try latest() else {
            throw CommandFault.nothingHasRun(
                runbook: try RunbookName.read(target.folder, composition),
                environment: target.environment
            )
        }
        return found
    }
}
