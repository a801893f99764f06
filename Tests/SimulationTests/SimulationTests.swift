import Foundation
import MigrateCore
import Testing

@Suite("The engine, simulated")
struct SimulationTests {
    /// Seed of one night to tell, from `MIGRATE_SEED`.
    private static var wantedSeed: UInt64? { number("MIGRATE_SEED") }
    /// Nights to live through, from `MIGRATE_SEEDS`; a thousand when it is not set.
    private static var nights: UInt64 { number("MIGRATE_SEEDS") ?? 1_000 }

    private static func number(_ variable: String) -> UInt64? {
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
    }

    @Test func noNightBreaksARule() async throws {
        if let seed = Self.wantedSeed {
            let result = try await onAThread { try Simulation(seed: seed, tells: true).run() }
            print(result.story.joined(separator: "\n"))
            if let rule = result.violation { Issue.record("seed \(seed): \(rule)") }
            return
        }
        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            for half in 0..<2 as Range<UInt64> {
                group.addTask { try await Tally.of(seeds: stride(from: half, to: Self.nights, by: 2)) }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
        print("simulated \(tally.summary)")
        for failure in tally.shortestFailures {
            let result = try await onAThread { try Simulation(seed: failure.seed, tells: true).run() }
            Issue.record(Comment(rawValue: Self.account(of: result)))
        }
    }

    @Test func theSameSeedGivesTheSameJournal() async throws {
        for seed in 0..<10 as Range<UInt64> {
            let texts = try await onAThread {
                try (0..<2).map { _ in
                    let night = try Simulation(seed: seed)
                    _ = night.run()
                    return try night.journalText()
                }
            }
            let isSame = texts[0] == texts[1]
            let difference = zip(texts[0].split(separator: "\n"), texts[1].split(separator: "\n")).first { $0 != $1 }
            #expect(isSame, "seed \(seed): \(difference.map { "\($0.0)\n\($0.1)" } ?? "")")
        }
    }

    private static func account(of failure: Simulation.Result) -> String {
        "seed \(failure.seed): \(failure.violation ?? "no rule broken when told")\n"
            + failure.story.joined(separator: "\n")
            + "\nreplay: MIGRATE_SEED=\(failure.seed) swift test --filter noNightBreaksARule"
    }
}
