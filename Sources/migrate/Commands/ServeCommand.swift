import ArgumentParser
import Board
import MigrateCore

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Show the run as a web page, live, on this machine alone; read-only.",
        discussion: """
            The page follows the journal: it may be opened before the run begins, and stays when its process dies. It \
            changes nothing; where something is to be done it shows the command. `/metrics` has figures for Prometheus.
            """
    )

    @OptionGroup var options: GlobalOptions

    @Option(help: "Port on 127.0.0.1.")
    var port: UInt16 = 8465

    func run() async {
        await reporting(options) {
            let composition = Composition(options: options)
            let keeper = RunKeeper(composition: composition, target: try composition.target())
            let server = BoardServer(
                source: try JournalBoardSource(keeper: keeper),
                port: port,
                now: { composition.clock.now() },
                sleep: { try await composition.clock.sleep(for: $0) },
                reason: { Phrasebook.text(of: $0) }
            )
            try await StopSignals.cancelling {
                let language = composition.language
                try await server.run { address in
                    Talk.say(language.says("board: \(address)  (Ctrl-C ends it)", ko: "보드: \(address)  (Ctrl-C로 종료)"))
                }
            }
            return .success
        }
    }
}
