import ArgumentParser
import Simulation

/// Lives through simulated nights of the engine and tells of those that broke a rule; `make test`.
@main
struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Live through simulated nights of the engine"
    )

    @Option(help: "How many nights.") var nights: UInt64 = 10_000
    @Option(help: "Number of the first one.") var first: UInt64 = 0
    @Option(help: "Tell this one night from beginning to end.") var seed: UInt64?

    func run() async throws {
        if let seed {
            print(try await Simulation.account(ofSeed: seed))
            return
        }
        let tally = try await Tally.of(seeds: first..<first + nights)
        for account in try await tally.accounts { print(account) }
        print(tally.summary)
        if !tally.isClean { throw ExitCode.failure }
    }
}
