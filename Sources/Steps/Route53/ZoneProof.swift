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

    /// What is told while a proof is under way.
    public enum Progress: Sendable, Hashable {
        /// The throwaway record has this name, and will be there from now on.
        case begun(record: String)
        /// One assumption was tried.
        case found(Finding)
    }

    private let world: World
    private let zone: String
    private let servers: AuthoritativeServers
    private let waits: Waits

    /// How a proof waits, and when it stops waiting.
    public struct Waits: Sendable {
        /// Waits.
        let pause: @Sendable (Duration) async throws -> Void
        /// Whether somebody wants it to end; it then removes its record and does.
        let isStopped: @Sendable () -> Bool

        /// Makes them.
        public init(
            pause: @escaping @Sendable (Duration) async throws -> Void,
            isStopped: @escaping @Sendable () -> Bool
        ) {
            self.pause = pause
            self.isStopped = isStopped
        }
    }

    /// Prepares a proof in `zone`, by id or name.
    ///
    /// - Parameters:
    ///   - world: what AWS and name servers are reached by.
    ///   - zone: the zone.
    ///   - servers: `address:port` of its name servers; empty means to look them up.
    ///   - resolver: resolver for that, `address:port`; nil asks the system's.
    ///   - waits: how it waits.
    public init(world: World, zone: String, servers: [String], resolver: String?, waits: Waits) {
        self.world = world
        self.zone = zone
        self.servers = AuthoritativeServers(given: servers, resolver: resolver)
        self.waits = waits
    }

    /// Goes through what a shift does and what it counts on being refused, and removes the record again.
    ///
    /// The first step that should have succeeded and did not is the last one, and so is the one at which somebody wants
    /// to stop. `tell` learns of each thing as it comes.
    public func findings(tell: @Sendable (Progress) -> Void) async -> [Finding] {
        let trial: ZoneTrial
        do {
            let found = try await ZoneRecords(zone: zone, names: [], servers: servers).hostedZone(world)
            // Why at random: no zone has the name, and two proofs do not meet.
            let label = "migrate-proof-\(String(world.random(), radix: 16))"
            func records(_ label: String) -> ZoneRecords {
                ZoneRecords(
                    zone: found.id,
                    names: ["\(label).\(RecordSets.absolute(found.name))"],
                    servers: servers
                )
            }
            trial = try ZoneTrial(records: records(label), goal: records("\(label)-goal"), world: world, waits: waits)
        } catch {
            let finding = Finding.failed("the zone is there", error)
            tell(.found(finding))
            return [finding]
        }
        // Why first: should this process die, its name is what to look for.
        tell(.begun(record: trial.name))
        var findings: [Finding] = []
        func add(_ finding: Finding) {
            findings.append(finding)
            tell(.found(finding))
        }
        for step in trial.steps {
            guard !waits.isStopped() else {
                add(Finding(assumption: "the proof goes to its end", seen: "stopped by a signal", holds: false))
                break
            }
            let finding = await trial.finding(of: step)
            add(finding)
            if !finding.holds, step.isAccepted { break }
        }
        add(await trial.cleaned())
        return findings
    }
}
