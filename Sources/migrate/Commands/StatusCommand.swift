import ArgumentParser
import MigrateCore
import Reports

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show where the run stands; reads the journal alone, never the network."
    )

    @OptionGroup var options: GlobalOptions

    @Flag(help: "Show every step.")
    var all = false

    func run() async {
        await reporting {
            let composition = Composition(options: options)
            let target = try composition.target()
            let keeper = RunKeeper(composition: composition, target: target)
            guard var snapshot = try keeper.latestSnapshot() else {
                throw CommandFault.nothingHasRun(
                    runbook: try RunbookName.read(target.folder, composition),
                    environment: target.environment
                )
            }
            let now = composition.clock.now()
            snapshot.see(isHolderAlive: snapshot.holder.map { ProcessIdentity.mayBeAlive($0, now: now) } ?? false)
            if options.json {
                Talk.print(StatusReport.json(of: snapshot, at: now).indentedText)
            } else {
                Talk.print(StatusReport.text(of: snapshot, at: now, style: composition.style, showsAll: all))
            }
            return .success
        }
    }
}
