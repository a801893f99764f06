import ArgumentParser
import MigrateCore

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine, its credentials and its way to AWS; exit 4 when one fails."
    )

    @OptionGroup var options: GlobalOptions

    func run() async {
        await reporting {
            let findings = await Checkup(composition: Composition(options: options)).all()
            Talk.print(
                options.json
                    ? Value.array(findings.map(\.json)).indentedText : findings.map(\.text).joined(separator: "\n")
            )
            return findings.contains { $0.outcome == .fail } ? .checkFailed : .success
        }
    }
}
