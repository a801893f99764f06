import ArgumentParser
import MigrateCore

struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check a runbook and its values; every mistake at once."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let (plan, _) = try composition.plan(try composition.target())
            if options.json {
                Talk.print(try ValueEncoder.encode(plan).indentedText)
            } else {
                Talk.print(Phrasebook.sound(plan, in: composition.language))
            }
            return .success
        }
    }
}
