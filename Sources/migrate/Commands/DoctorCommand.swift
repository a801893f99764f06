import ArgumentParser
import MigrateCore
import Runner

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check this machine, its credentials and its way to AWS; exit 4 when one fails."
    )

    @OptionGroup var options: GlobalOptions

    @Option(
        name: .customLong("prove-zone"),
        help: "Prove on a throwaway record of this zone (id or name) what a shift counts on. Changes DNS."
    )
    var provedZone: String?

    @Option(name: .customLong("server"), help: "Name server of that zone, `address:port`; found when left out.")
    var servers: [String] = []

    @Option(help: "Resolver for finding them, `address:port`; the system's when left out.")
    var resolver: String?

    func validate() throws {
        guard provedZone == nil, !servers.isEmpty || resolver != nil else { return }
        throw ValidationError("`--server` and `--resolver` belong to `--prove-zone`")
    }

    func run() async {
        await reporting(options) {
            let checkup = Checkup(composition: Composition(options: options))
            let findings: [CheckFinding]
            let wish = StopWish()
            if let zone = provedZone {
                let given = ZoneUnderProof(zone: zone, servers: servers, resolver: resolver)
                let isJSON = options.json
                // Why one by one: a proof takes minutes, and whoever watches it must know how far it is.
                findings = await checkup.proof(of: given, endedBy: wish) {
                    if !isJSON { Talk.print($0.text(in: checkup.language)) }
                }
            } else {
                findings = await checkup.all()
                if !options.json { Talk.print(findings.map { $0.text(in: checkup.language) }.joined(separator: "\n")) }
            }
            if options.json { Talk.print(Value.array(findings.map(\.json)).indentedText) }
            if wish.isUttered { return .interrupted }
            return findings.contains { $0.outcome == .fail } ? .checkFailed : .success
        }
    }
}
