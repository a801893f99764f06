import AWSClient
import MigrateCore

/// A Cloud Map namespace as found.
struct CloudMapNamespace: Sendable, Hashable {
    /// Id, `ns-…`.
    var id: String
    /// ARN.
    var arn: String
    /// Name, such as `lgtm.local`.
    var name: String
    /// `DNS_PRIVATE`, `DNS_PUBLIC` or `HTTP`.
    var type: String
    /// Hosted zone behind it; nil for an HTTP namespace.
    var hostedZone: String?

    /// Namespace with this name or id; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func find(_ nameOrID: String, _ world: World) async throws -> CloudMapNamespace? {
        let all = try await world.call("servicediscovery:ListNamespaces") {
            try await world.aws.serviceDiscovery.allNamespaces(.init())
        }
        return all.first { $0.name == nameOrID || $0.id == nameOrID }.map {
            CloudMapNamespace(
                id: $0.id,
                arn: $0.arn ?? "",
                name: $0.name,
                type: $0.type ?? "",
                hostedZone: $0.properties?.dnsProperties?.hostedZoneId
            )
        }
    }

    /// Its service `name`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    func service(_ name: String, _ world: World) async throws -> ServiceDiscovery.ServiceSummary? {
        let all = try await world.call("servicediscovery:ListServices of \(self.name)") {
            try await world.aws.serviceDiscovery.allServices(
                .init(filters: [.init(name: "NAMESPACE_ID", values: [id], condition: "EQ")])
            )
        }
        return all.first { $0.name == name }
    }
}
