/// What came of many nights.
package struct Tally: Sendable {
    /// A night that broke a rule.
    struct Failure: Sendable {
        /// Seed.
        var seed: UInt64
        /// Rule.
        var rule: String
        /// Events until then.
        var events: Int
    }

    private var nights = 0
    private var events = 0
    private var leases = 0
    private var calls = 0
    private var failures: [Failure] = []

    /// Failures after which no further night is begun.
    private static let enough = 100

    /// Lives through the nights of `seeds`, on as many threads as there are halves of them.
    package static func of(seeds: Range<UInt64>) async throws -> Tally {
        try await withThrowingTaskGroup(of: Tally.self) { group in
            for half in 0..<2 as Range<UInt64> {
                group.addTask {
                    try await of(seeds: stride(from: seeds.lowerBound + half, to: seeds.upperBound, by: 2))
                }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
    }

    /// Lives through the nights of `seeds` on a thread of their own.
    private static func of(seeds: StrideTo<UInt64>) async throws -> Tally {
        try await onAThread {
            var tally = Tally()
            for seed in seeds where tally.failures.count < Self.enough {
                let result = try Simulation(seed: seed).run()
                tally.nights += 1
                tally.events += result.events
                tally.leases += result.leases
                tally.calls += result.calls
                if let rule = result.violation {
                    tally.failures.append(Failure(seed: seed, rule: rule, events: result.events))
                }
            }
            return tally
        }
    }

    /// Takes in another's.
    private mutating func add(_ other: Tally) {
        nights += other.nights
        events += other.events
        leases += other.leases
        calls += other.calls
        failures += other.failures
    }

    /// Whether no rule was broken.
    package var isClean: Bool { failures.isEmpty }

    /// What was lived through, and each broken rule once.
    package var summary: String {
        "\(nights) nights: \(events) events, \(leases) leases, \(calls) calls; \(failures.count) broke a rule"
            + shortestFailures.map { "\n  seed \($0.seed), \($0.events) events: \($0.rule)" }.joined()
    }

    /// The shortest night of each broken rule, told from its beginning.
    package var accounts: [String] {
        get async throws {
            var accounts: [String] = []
            for failure in shortestFailures { accounts.append(try await Simulation.account(ofSeed: failure.seed)) }
            return accounts
        }
    }

    private var shortestFailures: [Failure] {
        Dictionary(grouping: failures) { Self.withoutNames($0.rule) }.values
            .compactMap { $0.min { $0.events < $1.events } }
            .sorted { $0.seed < $1.seed }
    }

    /// Rule without what stands in backticks and without numbers, so that two nights that break one rule are told once.
    private static func withoutNames(_ rule: String) -> String {
        rule.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? $0.element.filter { !$0.isNumber } : "" }.joined()
    }
}
