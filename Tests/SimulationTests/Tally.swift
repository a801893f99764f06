import Dispatch

/// What came of many nights.
struct Tally: Sendable {
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

    /// Lives through the nights of `seeds` on a thread of their own.
    static func of(seeds: StrideTo<UInt64>) async throws -> Tally {
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
    mutating func add(_ other: Tally) {
        nights += other.nights
        events += other.events
        leases += other.leases
        calls += other.calls
        failures += other.failures
    }

    /// What was lived through, and each broken rule once.
    var summary: String {
        "\(nights) nights: \(events) events, \(leases) leases, \(calls) calls; \(failures.count) broke a rule"
            + shortestFailures.map { "\n  seed \($0.seed), \($0.events) events: \($0.rule)" }.joined()
    }

    /// The shortest night of each broken rule.
    var shortestFailures: [Failure] {
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

/// Runs `work` on a thread of its own, where no task is at work.
///
/// Why: jobs are run from within it, and a job that ends would take the task around it along.
func onAThread<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
    }
}
