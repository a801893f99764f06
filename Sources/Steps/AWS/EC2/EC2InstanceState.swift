import AWSClient
import MigrateCore

/// An instance as found, with whether its public address stays when it stops.
struct EC2InstanceState: Sendable, Hashable {
    /// Id.
    var id: String
    /// `pending`, `running`, `stopping`, `stopped`, `shutting-down` or `terminated`.
    var state: String
    /// Address inside the VPC; nil when it has none.
    var privateAddress: String?
    /// Address outside; nil when it has none.
    var publicAddress: String?
    /// Whether the public address is an Elastic IP, which stays.
    var isElastic: Bool
    /// Tags.
    var tags: [String: String]

    /// As a fact.
    var value: Value {
        [
            "id": .string(id), "state": .string(state), "private_address": privateAddress.map { .string($0) } ?? .null,
            "public_address": publicAddress.map { .string($0) } ?? .null, "elastic": .bool(isElastic),
        ]
    }

    /// Instances that match `filters`; terminated ones are left out.
    ///
    /// Throws: as `World.call`.
    static func matching(_ filters: [EC2.Filter], _ world: World) async throws -> [EC2InstanceState] {
        let reservations = try await world.call("ec2:DescribeInstances") {
            try await world.aws.ec2.allReservations(.init(filters: filters))
        }
        let instances = reservations.flatMap(\.instances).filter { $0.state?.name != "terminated" }
        var elastic: Set<String> = []
        if instances.contains(where: { $0.publicIpAddress != nil }) {
            let addresses = try await world.call("ec2:DescribeAddresses") {
                try await world.aws.ec2.describeAddresses(.init())
            }
            elastic = Set(addresses.addresses.compactMap(\.publicIp))
        }
        return instances.map { instance in
            EC2InstanceState(
                id: instance.instanceId,
                state: instance.state?.name ?? "unknown",
                privateAddress: instance.privateIpAddress,
                publicAddress: instance.publicIpAddress,
                isElastic: instance.publicIpAddress.map(elastic.contains) ?? false,
                tags: Dictionary(
                    instance.tags.compactMap { tag in tag.key.map { ($0, tag.value ?? "") } },
                    uniquingKeysWith: { $1 }
                )
            )
        }.sorted { $0.id < $1.id }
    }
}
