import ArgumentParser
import Glibc
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

    @Flag(help: "Show it again and again, until Ctrl-C.")
    var watch = false

    @Flag(help: "Print figures in the text format of Prometheus.")
    var metrics = false

    /// Time between two looks.
    private static let pace = Duration.milliseconds(500)

    func validate() throws {
        if [watch, metrics, options.json].count(where: \.self) > 1 {
            throw ValidationError("give one of `--watch`, `--metrics` and `--json`")
        }
    }

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            if watch { return try await watch(keeper) }
            let (snapshot, now) = try look(keeper)
            if metrics {
                Talk.write(MetricsReport.text(of: snapshot, at: now), to: STDOUT_FILENO)
            } else if options.json {
                Talk.print(StatusReport.json(of: snapshot, at: now).indentedText)
            } else {
                Talk.print(StatusReport.text(of: snapshot, at: now, style: composition.style, showsAll: all))
            }
            return .success
        }
    }

    private func look(_ keeper: RunKeeper) throws -> (snapshot: RunSnapshot, now: Timestamp) {
        guard var snapshot = try keeper.latestSnapshot() else {
            throw try keeper.nothingHasRun()
        }
        let now = keeper.composition.clock.now()
        snapshot.see(
            isHolderAlive: snapshot.holder.map { ProcessIdentity.mayBeAlive($0, now: now) } ?? false,
            isLossCertain: snapshot.holder.map { ProcessIdentity.isCertainlyGone($0) } ?? true
        )
        return (snapshot, now)
    }

    /// Draws the status over itself at a terminal; prints it whenever it changed anywhere else.
    private func watch(_ keeper: RunKeeper) async throws -> ExitStatus {
        let foot = TerminalFoot(file: STDOUT_FILENO, environment: keeper.composition.environment)
        try await StopSignals.cancelling {
            var changedAt: Timestamp?
            while true {
                let (snapshot, now) = try look(keeper)
                let style = keeper.composition.style
                if let foot {
                    foot.draw(
                        StatusReport.rows(of: snapshot, at: now, style: style, showsAll: all, height: foot.size.lines)
                    )
                } else if changedAt != snapshot.changedAt {
                    Talk.print(StatusReport.text(of: snapshot, at: now, style: style, showsAll: all) + "\n")
                    changedAt = snapshot.changedAt
                }
                try await keeper.composition.clock.sleep(for: Self.pace)
            }
        }
        foot?.clear()
        let (snapshot, now) = try look(keeper)
        if foot != nil { Talk.print(StatusReport.text(of: snapshot, at: now, style: keeper.composition.style)) }
        return .success
    }
}
