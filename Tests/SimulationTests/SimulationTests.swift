import Simulation
import Testing

/// A few nights; `make test` has the optimised `simulate` live through ten thousand.
@Suite("The engine, simulated")
struct SimulationTests {
    @Test func noNightBreaksARule() async throws {
        let tally = try await Tally.of(seeds: 0..<100)
        for account in try await tally.accounts { Issue.record(Comment(rawValue: account)) }
    }

    @Test(arguments: 0..<10 as Range<UInt64>) func theSameSeedGivesTheSameJournal(seed: UInt64) async throws {
        let twins = try await Simulation.twins(ofSeed: seed)
        let difference = zip(twins[0].split(separator: "\n"), twins[1].split(separator: "\n")).first { $0 != $1 }
        #expect(twins[0] == twins[1], "\(difference.map { "\($0.0)\n\($0.1)" } ?? "")")
    }
}
