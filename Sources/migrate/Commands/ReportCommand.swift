import ArgumentParser
import Board
import Journal
import MigrateCore
import Reports
import RunbookYAML

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the run down for those who were not there: HTML, Markdown or JSON."
    )

    @OptionGroup var options: GlobalOptions

    @Flag(help: "One HTML file with everything in it: time line, evidence, approvals, traffic, costs.")
    var html = false

    @Flag(help: "Markdown without the evidence; the default.")
    var markdown = false

    @Option(name: .shortAndLong, help: "File to write to; default: standard output.")
    var output: String?

    func validate() throws {
        if [html, markdown, options.json].count(where: \.self) > 1 {
            throw ValidationError("give one of `--html`, `--markdown` and `--json`")
        }
    }

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            guard let journal = try keeper.journalToRead(), let header = try journal.latestRun() else {
                throw try keeper.nothingHasRun()
            }
            let run = header.number
            var picture = RunPicture(header: header)
            _ = picture.take(try journal.events(of: run), head: try journal.newest()?.hash)
            let held = try journal.currentLease()
            let now = composition.clock.now()
            let isAlive = held.map { ProcessIdentity.mayBeAlive($0, now: now) } ?? false
            let snapshot = picture.snapshot(holder: held, isHolderAlive: isAlive)
            guard html || options.json else {
                let document = picture.document(of: snapshot, at: now, whole: true)
                let text = MarkdownReport.text(
                    of: snapshot,
                    document: document,
                    at: now,
                    language: composition.language
                )
                return try write(Array(text.utf8), composition)
            }
            let document = picture.document(
                of: snapshot,
                at: now,
                whole: true,
                evidence: RunPicture.json(of: try journal.evidence(of: run, step: nil)),
                costs: try costs(composition, keeper.target)
            )
            return try write(html ? BoardPage.selfContained(document) : Array(document.indentedText.utf8), composition)
        }
    }

    /// What the system costs in a month; null where the runbook has no sheet of costs or can no longer be read.
    private func costs(_ composition: Composition, _ target: Composition.Target) throws -> Value {
        let file = target.folder.costs
        guard let bytes = try composition.files.read(file) else { return .null }
        // Why not an error: the run is what is reported, and its runbook may have moved on since.
        do {
            let sheet = try CostReader.read(
                text: String(decoding: bytes, as: UTF8.self),
                file: file,
                variables: try composition.knownVariables(target)
            )
            return try CostReport(of: sheet, by: PriceTable.list).json
        } catch {
            Talk.say(Phrasebook.noCosts(error, in: composition.language))
            return .null
        }
    }

    private func write(_ bytes: [UInt8], _ composition: Composition) throws -> ExitStatus {
        guard let output else {
            Talk.print(String(decoding: bytes, as: UTF8.self))
            return .success
        }
        try composition.files.write(bytes, to: output)
        Talk.say(composition.language.says("written: \(output)", ko: "저장함: \(output)"))
        return .success
    }
}

struct GraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw the plan as a diagram in Mermaid's language, coloured by how the run stands."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let state = try keeper.latest()?.state
            let plan = try state?.plan ?? composition.plan(keeper.target).plan
            Talk.print(GraphReport.mermaid(of: plan, state: state, language: composition.language))
            return .success
        }
    }
}
