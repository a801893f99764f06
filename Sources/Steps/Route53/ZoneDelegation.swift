import AWSClient
import MigrateCore
import Network

/// Whether clients ask a public zone at all: its name servers are those that its parent delegates the name to.
///
/// Two zones of one name are easily made, and only one of them is asked; a shift in the other would move nobody.
/// Source: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/GetInfoAboutHostedZone.html, read 2026-11-21.
struct ZoneDelegation: Sendable {
    /// Where clients are sent, and who said so.
    struct Finding: Sendable, Equatable {
        /// Where clients are sent.
        enum Ruling: Sendable, Equatable {
            /// To the zone.
            case here
            /// To somebody else's servers; in words.
            case elsewhere(String)
            /// Nowhere, as far as was to be seen; in words.
            case nowhere(String)
        }

        /// Where clients are sent.
        var ruling: Ruling
        /// Who said so.
        var witness: ParentServers.Witness
        /// Names of the servers that clients are sent to, absolute and sorted.
        var names: [String]

        /// The finding as a fact.
        var fact: Value {
            let who: [String: Value] =
                switch witness {
                case .parent(let zone, let server): ["asked": "parent", "parent": .string(zone), "at": .string(server)]
                case .resolver(let why): ["asked": "resolver", "why": .string(why)]
                }
            return .object(who.merging(["servers": .array(names.map { .string($0) })]) { $1 })
        }
    }

    private let zone: Route53.HostedZone
    private let servers: AuthoritativeServers

    /// Looks at `zone`, with the resolver of `servers`.
    init(of zone: Route53.HostedZone, servers: AuthoritativeServers) {
        self.zone = zone
        self.servers = servers
    }

    /// Where clients are sent; nil when Route 53 names no server of the zone to compare with.
    ///
    /// Names of one's own for Route 53's servers are fine: it is the addresses that count.
    /// Throws: `AWSError`; `DNSFailure`; `Problem` when the resolver refuses.
    func look(_ world: World) async throws -> Finding? {
        let own = try await world.call("route53:GetHostedZone \(zone.id)") {
            try await world.aws.route53.getHostedZone(.init(id: zone.id))
        }.nameServers.map(RecordSets.absolute).sorted()
        guard !own.isEmpty else { return nil }
        let said = try await ParentServers(of: zone.name, resolver: servers).delegation(world)
        let names = Set(said.names.map(RecordSets.absolute)).sorted()
        return Finding(
            ruling: try await ruling(own, names, said.witness, world),
            witness: said.witness,
            names: names
        )
    }

    private func ruling(
        _ own: [String],
        _ asked: [String],
        _ witness: ParentServers.Witness,
        _ world: World
    ) async throws -> Finding.Ruling {
        let place = "zone `\(zone.name)` (\(zone.id))"
        if asked.isEmpty {
            switch witness {
            case .parent(let parent, let server):
                return .nowhere("`\(parent)` delegates nothing to \(place), says its server \(server)")
            case .resolver: return .nowhere("the resolver knows no name server of \(place)")
            }
        }
        if asked == own { return .here }
        let reached = try await servers.addresses(of: asked, world)
        if !reached.isEmpty, try await servers.addresses(of: own, world) == reached { return .here }
        return .elsewhere(
            "\(place) answers at \(own.joined(separator: ", ")), and clients are sent to "
                + asked.joined(separator: ", ")
        )
    }
}
