import MigrateCore
import Steps

/// What `doctor --prove-zone` is asked about.
struct ZoneUnderProof {
    /// Id or name.
    var zone: String
    /// `address:port` of its name servers; empty means to look them up.
    var servers: [String]
    /// Resolver for that; nil asks the system's.
    var resolver: String?
}

extension Checkup {
    /// What a shift counts on, proved on a throwaway record of the zone.
    func proof(of given: ZoneUnderProof) async -> [CheckFinding] {
        let world: World
        do {
            world = try composition.world(for: nil)
        } catch { return [.failed("zone \(given.zone)", error)] }
        let proof = ZoneProof(
            world: world,
            zone: given.zone,
            servers: given.servers,
            resolver: given.resolver,
            pause: { [clock = composition.clock] in try await clock.sleep(for: $0) }
        )
        return await proof.findings().map {
            CheckFinding($0.assumption, $0.seen, $0.holds ? .pass : .fail, hint: $0.hint)
        }
    }
}
