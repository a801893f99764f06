import AWSClient
import MigrateCore
import Network

/// Whether clients ask a public zone at all: its name servers are those that its name is delegated to.
///
/// Two zones of one name are easily made, and only one of them is asked; a shift in the other would move nobody.
/// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/GetInfoAboutHostedZone.html, read 2026-11-21.
struct ZoneDelegation: Sendable {
    private let zone: Route53.HostedZone
    private let servers: AuthoritativeServers

    /// Looks at `zone`, with the resolver of `servers`.
    init(of zone: Route53.HostedZone, servers: AuthoritativeServers) {
        self.zone = zone
        self.servers = servers
    }

    /// Why clients do not ask the zone, as far as the resolver shows; nil when they do.
    ///
    /// Names of one's own for Route 53's servers are fine: it is the addresses that count.
    /// Throws: `AWSError`; `DNSFailure`; `Problem` when the resolver refuses.
    func fault(_ world: World) async throws -> String? {
        let own = try await world.call("route53:GetHostedZone \(zone.id)") {
            try await world.aws.route53.getHostedZone(.init(id: zone.id))
        }.nameServers.map(RecordSets.absolute).sorted()
        guard !own.isEmpty else { return nil }
        let asked = try await servers.names(delegatedFor: zone.name, world).map(RecordSets.absolute).sorted()
        if asked.isEmpty { return "the resolver knows no name server of zone `\(zone.name)` (\(zone.id))" }
        if asked == own { return nil }
        let reached = try await servers.addresses(of: asked, world)
        if !reached.isEmpty, try await servers.addresses(of: own, world) == reached { return nil }
        return "zone `\(zone.name)` (\(zone.id)) answers at \(own.joined(separator: ", ")), and clients are sent to "
            + asked.joined(separator: ", ")
    }
}
