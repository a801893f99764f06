import AWSClient
import MigrateCore

/// Proves on a throwaway record of a real zone what no emulator can: that batches compare before they swap, and what
/// Route 53 refuses.
///
/// Source: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html, read 2026-11-21.
public struct ZoneProof: Sendable {
    /// One assumption of a shift, and whether it holds here.
    public struct Finding: Sendable, Hashable {
        /// What a shift counts on.
        public var assumption: String
        /// What was seen.
        public var seen: String
        /// Whether it holds.
        public var holds: Bool
        /// What to do where it does not.
        public var hint: String?

        /// One that `error` kept from being shown; `hint` stands in place of the error's own.
        static func failed(_ assumption: String, _ error: any Error, hint: String? = nil) -> Finding {
            let problem = Problem(of: error)
            return Finding(assumption: assumption, seen: problem.message, holds: false, hint: hint ?? problem.hint)
        }
    }

    private let world: World
    private let zone: String
    private let servers: AuthoritativeServers
    private let pause: @Sendable (Duration) async throws -> Void

    /// Prepares a proof in `zone`, by id or name.
    ///
    /// - Parameters:
    ///   - world: what AWS and name servers are reached by.
    ///   - zone: the zone.
    ///   - servers: `address:port` of its name servers; empty means to look them up.
    ///   - resolver: resolver for that, `address:port`; nil asks the system's.
    ///   - pause: waits.
    public init(
        world: World,
        zone: String,
        servers: [String],
        resolver: String?,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.world = world
        self.zone = zone
        self.servers = AuthoritativeServers(given: servers, resolver: resolver)
        self.pause = pause
    }

    /// Goes through what a shift does and what it counts on being refused, and removes the record again.
    ///
    /// The first step that should have succeeded and did not is the last one.
    public func findings() async -> [Finding] {
        let trial: ZoneTrial
        do {
            let found = try await ZoneRecords(zone: zone, names: [], servers: servers).hostedZone(world)
            // Why at random: no zone has the name, and two proofs do not meet.
            let name = "migrate-proof-\(String(world.random(), radix: 16)).\(RecordSets.absolute(found.name))"
            trial = try ZoneTrial(
                records: ZoneRecords(zone: found.id, names: [name], servers: servers),
                world: world,
                pause: pause
            )
        } catch { return [.failed("the zone is there", error)] }
        var findings: [Finding] = []
        for step in trial.steps {
            let finding = await trial.finding(of: step)
            findings.append(finding)
            if !finding.holds, step.isAccepted { break }
        }
        return findings + [await trial.cleaned()]
    }
}

/// The throwaway record, and what is tried with it.
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
    }

    /// What is tried, in order.
    let steps: [Step]
    private let records: ZoneRecords
    private let world: World
    private let pause: @Sendable (Duration) async throws -> Void

    init(records: ZoneRecords, world: World, pause: @escaping @Sendable (Duration) async throws -> Void) throws {
        self.records = records
        self.world = world
        self.pause = pause
        // Addresses for documentation, RFC 5737: nobody is sent anywhere.
        let (old, new) = ("192.0.2.1", "192.0.2.2")
        func simple(ttl: Int) -> RecordSets {
            let set = Route53.ResourceRecordSet(name: records.names[0], type: "A", ttl: ttl, resourceRecords: [old])
            return RecordSets(zone: records.zone, sets: [set])
        }
        let pair = try WeightedPair(simple(ttl: 60), target: RecordTarget(addresses: [new]), ttl: 60)
        func share(_ percent: Int) -> Value { Percent(percent).map { pair.image(weight: $0) } ?? .null }
        let one = simple(ttl: 60).image
        steps = [
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
            try await pause(.seconds(2))
        }
        let zone = try await records.hostedZone(world)
        let count = try await records.witnesses(of: zone, world).count
        let took = (world.now() - start).shortText
        return count == 0
            ? "INSYNC after \(took); nobody here can see a private zone" : "at \(count) servers after \(took)"
    }

    /// Removes whatever is there.
    func cleaned() async -> ZoneProof.Finding {
        let assumption = "the record is removed again"
        do {
            let left = try await records.observe(world)
            if !left.sets.isEmpty {
                _ = try await records.swap(from: left.image, to: .null, summary: "throwaway record removed", world)
            }
            let isGone = try await records.observe(world).sets.isEmpty
            return ZoneProof.Finding(
                assumption: assumption,
                seen: isGone ? "nothing is left" : "`\(records.words)` is still there",
                holds: isGone,
                hint: isGone ? nil : "remove `\(records.words)` by hand"
            )
        } catch {
            let hint = "look whether `\(records.words)` is there, and remove it by hand"
            return .failed(assumption, error, hint: hint)
        }
    }
}
