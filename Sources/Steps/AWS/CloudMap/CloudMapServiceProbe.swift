import AWSClient
import MigrateCore

/// Whether instances are registered under a Cloud Map name.
struct CloudMapServiceProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "cloudmap.service",
        role: .probe,
        summary: "A Cloud Map service exists and has enough registered, or healthy, instances",
        parameters: [
            .required("namespace", .string, "Name or id of the namespace"),
            .required("name", .string, "Name of the service, such as `mimir`"),
            .optional("at_least", .integer, default: 1, unit: "instances", "Fewest instances"),
            .optional(
                "healthy",
                .boolean,
                default: false,
                "Whether only instances count that Cloud Map calls healthy"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                [
                    "servicediscovery:ListNamespaces", "servicediscovery:ListServices",
                    "servicediscovery:ListInstances", "servicediscovery:GetInstancesHealthStatus",
                ],
                on: "*",
                mutates: false
            )
        ],
        facts: [
            "id": "id of the service", "arn": "its ARN", "count": "instances that count",
            "addresses": "their addresses",
        ],
        source: "https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-registered
              probe: cloudmap.service
              with: {namespace: lgtm.local, name: mimir, at_least: 3}
            """
    )

    private let namespace: String
    private let name: String
    private let atLeast: Int
    private let mustBeHealthy: Bool

    init(_ parameters: Parameters) throws {
        namespace = try parameters.string("namespace")
        name = try parameters.string("name")
        atLeast = try parameters.integer("at_least", in: 0...10_000)
        mustBeHealthy = try parameters.boolean("healthy")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let space = try await CloudMapNamespace.find(namespace, world) else {
            return Observation(.fail("no namespace `\(namespace)`"))
        }
        guard let service = try await space.service(name, world) else {
            return Observation(.fail("no service `\(name)` in namespace `\(space.name)`"))
        }
        var instances = try await world.call("servicediscovery:ListInstances \(service.id)") {
            try await world.aws.serviceDiscovery.allInstances(.init(serviceId: service.id))
        }
        let registered = instances.count
        if mustBeHealthy, !instances.isEmpty {
            let health = try await world.call("servicediscovery:GetInstancesHealthStatus \(service.id)") {
                try await world.aws.serviceDiscovery.getInstancesHealthStatus(.init(serviceId: service.id))
            }
            instances = instances.filter { health.status[$0.id] == "HEALTHY" }
        }
        let addresses = instances.compactMap { $0.attributes["AWS_INSTANCE_IPV4"] }.sorted()
        let facts: [String: Value] = [
            "id": .string(service.id), "arn": service.arn.map { .string($0) } ?? .null,
            "count": .integer(Int64(instances.count)), "addresses": .array(addresses.map { .string($0) }),
        ]
        let seen = "\(instances.count) of \(registered) registered instances of `\(name).\(space.name)` count"
        return Observation(
            instances.count >= atLeast ? .pass(seen) : .fail("\(seen), wanted \(atLeast)"),
            facts: facts
        )
    }
}
