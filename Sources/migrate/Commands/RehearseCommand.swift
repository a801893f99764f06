import ArgumentParser
import MigrateCore

struct RehearseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rehearse",
        abstract: "Carry the runbook forward, back and forward again in a sandbox, and compare the worlds."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            var options = options
            // Why: rehearsing against any other environment is never what is meant.
            options.env = options.env ?? "sandbox"
            let composition = Composition(options: options)
            let target = try composition.target()
            let name = try RunbookName.read(target.folder, composition)
            let plan = try RehearsalPlan(of: target.folder, runbook: name, files: composition.files)
            let rehearsal = Rehearsal(composition: composition, target: target, runbook: name, plan: plan)
            let differences = try await rehearsal.run()
            Talk.say(Phrasebook.rehearsed(name, differences: differences.count))
            return differences.isEmpty ? .success : .checkFailed
        }
    }
}
