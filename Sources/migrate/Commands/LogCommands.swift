import ArgumentParser
import Journal
import MigrateCore
import Reports

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show what happened, or prove that the record is whole.")

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
        return .success
    }
}

struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show a step: what it did, what was seen, how it would be undone.")

    @OptionGroup var options: GlobalOptions

    @Argument(help: "Step.")
    var step: String

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let (journal, state) = try keeper.latestOrRefuse()
            let id = StepID(step)
            guard let planned = state.step(id), let record = state.record(of: id) else {
                throw RunRefusal.unknownStep(
                    step, suggestion: Spelling.suggestion(for: step, among: state.plan.steps.map(\.id.rawValue)))
            }
            let subject = StepReport.Subject(
                step: planned, record: record, evidence: try journal.evidence(of: state.header.number, step: id))
            Talk.print(
                options.json
                    ? StepReport.json(of: subject).indentedText
                    : StepReport.text(of: subject, style: composition.style, showsFacts: options.verbose))
            return .success
        }
    }
}

extension RunKeeper {
    /// Latest run. Throws: `CommandFault.nothingHasRun`.
    func latestOrRefuse() throws -> (journal: SQLiteJournal, state: RunState) {
        guard let found = try latest() else {
            throw CommandFault.nothingHasRun(
                runbook: try RunbookName.read(target.folder, composition), environment: target.environment)
        }
        return found
    }
}
