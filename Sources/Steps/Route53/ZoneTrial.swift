import AWSClient
import MigrateCore

/// The throwaway record, the one that an alias of it leads to, and what is tried with them.
struct ZoneTrial: Sendable {
    /// One batch, and what should come of it.
    struct Step: Sendable {
        var assumption: String
        var from: Value
        var to: Value
        /// Whether Route 53 should take it; else it should refuse it, and leave everything as it was.
        var isAccepted: Bool
        /// Whether the name servers are to answer by it before the next step.
        var isFollowed = false
        /// Whether it is about the record that an alias leads to.
        var isGoal = false
    }

    /// What is tried, in order.
    let steps: [Step]
    private let records: ZoneRecords
    private let goal: ZoneRecords
    private let world: World
    private let waits: ZoneProof.Waits

    /// Name of the throwaway record, absolute.
    var name: String { records.names[0] }

    init(records: ZoneRecords, goal: ZoneRecords, world: World, waits: ZoneProof.Waits) throws {
        self.records = records
        self.goal = goal
        self.world = world
        self.waits = waits
        steps = try Self.steps(records, goal)
    }

    /// Simple records of both address types.
    private static func simple(_ records: ZoneRecords, _ addresses: [String: String], ttl: Int) -> RecordSets {
        let sets = addresses.map { type, address in
            Route53.ResourceRecordSet(name: records.names[0], type: type, ttl: ttl, resourceRecords: [address])
        }
        return RecordSets(zone: records.zone, sets: sets)
    }

    private static func steps(_ records: ZoneRecords, _ goal: ZoneRecords) throws -> [Step] {
        // Addresses for documentation, RFC 5737 and 3849: nobody is sent anywhere.
        let old = ["A": "192.0.2.1", "AAAA": "2001:db8::1"]
        let new = ["A": "192.0.2.2", "AAAA": "2001:db8::2"]
        func simple(ttl: Int) -> RecordSets { Self.simple(records, old, ttl: ttl) }
        // Why an alias: it is what a load balancer is led to by, and it has no TTL of its own.
        let target = RecordTarget(alias: goal.names[0], in: records.zone, types: ["A", "AAAA"])
        let pair = try WeightedPair(simple(ttl: 60), target: target, ttl: 60)
        func share(_ percent: Int) -> Value { Percent(percent).map { pair.image(weight: $0) } ?? .null }
        let one = simple(ttl: 60).image
        return [
            Step(
                assumption: "a record is made that an alias can lead to",
                from: .null,
                to: Self.simple(goal, new, ttl: 60).image,
                isAccepted: true,
                isGoal: true
            ),
            Step(assumption: "a record is made", from: .null, to: one, isAccepted: true),
            Step(assumption: "what is there is not made again", from: .null, to: one, isAccepted: false),
            Step(
                assumption: "a batch that expects another TTL is refused whole",
                from: simple(ttl: 61).image,
                to: share(0),
                isAccepted: false
            ),
            Step(
                assumption: "a simple record becomes a weighted pair in one batch, and answers as before",
                from: one,
                to: share(0),
                isAccepted: true,
                isFollowed: true
            ),
            Step(assumption: "nothing simple stands beside a pair", from: .null, to: one, isAccepted: false),
            Step(
                assumption: "a batch that expects other weights is refused whole",
                from: share(50),
                to: share(100),
                isAccepted: false
            ),
            Step(assumption: "weights move in one batch", from: share(0), to: share(10), isAccepted: true),
            Step(
                assumption: "traffic comes home in one batch, and the name servers say so",
                from: share(10),
                to: share(0),
                isAccepted: true,
                isFollowed: true
            ),
            Step(assumption: "a pair becomes a simple record in one batch", from: share(0), to: one, isAccepted: true),
        ]
    }

    /// Tries `step`.
    func finding(of step: Step) async -> ZoneProof.Finding {
        let records = step.isGoal ? goal : records
        do {
            let before = try await records.observe(world)
            let start = world.now()
            let receipt: Value
            do {
                receipt = try await records.swap(from: step.from, to: step.to, summary: step.assumption, world)
            } catch let error as AWSError where !step.isAccepted && error.code == "InvalidChangeBatch" {
                let isUntouched = try await records.observe(world) == before
                return ZoneProof.Finding(
                    assumption: step.assumption,
                    seen: isUntouched ? "refused, and nothing changed" : "refused, and something changed all the same",
                    holds: isUntouched
                )
            }
            guard step.isAccepted else {
                return ZoneProof.Finding(
                    assumption: step.assumption,
                    seen: "it was taken",
                    holds: false,
                    hint: "do not shift traffic in this zone with this tool, and report this"
                )
            }
            let seen = step.isFollowed ? try await followed(step.to, receipt, since: start) : "done"
            return ZoneProof.Finding(assumption: step.assumption, seen: seen, holds: true)
        } catch { return .failed(step.assumption, error) }
    }

    /// Longest that Route 53 may take; its own pages say a minute.
    private static let patience: Duration = .seconds(300)

    private func followed(_ to: Value, _ receipt: Value, since start: Timestamp) async throws -> String {
        while let delay = try await records.delay(of: to, receipt: receipt, world) {
            guard world.now() - start < Self.patience else {
                throw Problem("after \(Self.patience.shortText): \(delay)")
            }
            guard !waits.isStopped() else { throw Problem("stopped by a signal while \(delay)") }
            try await waits.pause(.seconds(2))
        }
        let zone = try await records.hostedZone(world)
        let count = try await records.witnesses(of: zone, world).count
        let took = (world.now() - start).shortText
        return count == 0
            ? "INSYNC after \(took); nobody here can see a private zone" : "at \(count) servers after \(took)"
    }

    /// Removes whatever is there.
    func cleaned() async -> ZoneProof.Finding {
        let assumption = "the records are removed again"
        do {
            // Why in this order: nothing may lead to a record that is gone.
            for records in [records, goal] {
                let left = try await records.observe(world)
                guard !left.sets.isEmpty else { continue }
                _ = try await records.swap(from: left.image, to: .null, summary: "throwaway record removed", world)
            }
            var left: [String] = []
            for records in [records, goal] where try await !records.observe(world).sets.isEmpty {
                left.append("`\(records.words)`")
            }
            let words = left.joined(separator: " and ")
            return ZoneProof.Finding(
                assumption: assumption,
                seen: left.isEmpty ? "nothing is left" : "\(words) is still there",
                holds: left.isEmpty,
                hint: left.isEmpty ? nil : "remove \(words) by hand"
            )
        } catch {
            let hint = "look whether `\(records.words)` and `\(goal.words)` are there, and remove them by hand"
            return .failed(assumption, error, hint: hint)
        }
    }
}
