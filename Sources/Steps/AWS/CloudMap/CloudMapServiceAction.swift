import AWSClient
import MigrateCore

/// Makes a Cloud Map service, under which tasks register their addresses.
struct CloudMapServiceAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "cloudmap.service",
        role: .action,
        summary: "Makes a Cloud Map service with A records in a DNS namespace",
        parameters: [
            .required("namespace", .string, "Name or id of the namespace"),
            .required("name", .string, "Name of the service, such as `mimir`"),
            .optional("ttl", .duration, default: "60s", unit: "seconds", "Time that resolvers may keep its records"),
            .optional(
                "routing",
                .choice(["MULTIVALUE", "WEIGHTED"]),
                default: "MULTIVALUE",
                "How records are answered"
            ),
            .optional(
                "custom_health",
                .boolean,
                default: true,
                "Whether who registers instances also says whether they are healthy, as ECS does"
            ),
            .optional(
                "description",
                .string,
                example: "Mimir of the new stack",
                "Words on it, for a service that is made"
            ),
        ],
        effect: .token,
        rollback: .captured,
        undo: "the service as found, or that there was none; undoing deletes a service that the step made",
        permissions: [
            Permission(["servicediscovery:ListNamespaces", "servicediscovery:ListServices"], on: "*", mutates: false),
            Permission(
                [
                    "servicediscovery:CreateService", "servicediscovery:DeleteService", "route53:GetHostedZone",
                    "route53:ChangeResourceRecordSets",
                ],
                on: "*",
                mutates: true
            ),
        ],
        facts: ["id": "id of the service", "arn": "its ARN"],
        source: "https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-name
              do: cloudmap.service
              with: {namespace: lgtm.local, name: mimir, ttl: 60s}
            """
    )

    private let namespace: String
    private let name: String
    private let ttl: Int
    private let routing: String
    private let hasCustomHealth: Bool
    private let description: String?

    init(_ parameters: Parameters) throws {
        namespace = try parameters.string("namespace")
        name = try parameters.string("name")
        ttl = Int(try parameters.duration("ttl").inMilliseconds / 1000)
        routing = try parameters.choice("routing", of: ["MULTIVALUE", "WEIGHTED"])
        hasCustomHealth = try parameters.boolean("custom_health")
        description = try parameters.stringIfGiven("description")
    }

    private func space(_ world: World) async throws -> CloudMapNamespace {
        guard let found = try await CloudMapNamespace.find(namespace, world) else {
            throw Refusal("no Cloud Map namespace `\(namespace)`", hint: "the step that makes it must come before")
        }
        return found
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await space(world).service(name, world) else { return .null }
        return [
            "name": .string(name), "id": .string(found.id), "arn": found.arn.map { .string($0) } ?? .null,
            "ttl": found.dnsConfig?.dnsRecords.first { $0.type == "A" }.map { .integer(Int64($0.ttl)) } ?? .null,
            "routing": .string(found.dnsConfig?.routingPolicy ?? "MULTIVALUE"),
        ]
    }

    func wanted(over before: Value) throws -> Value {
        let wanted: Value = [
            "name": .string(name), "ttl": .integer(Int64(ttl)), "routing": .string(routing),
        ]
        guard !before.isNull, !matches(before, wanted) else { return before.isNull ? wanted : before }
        throw Refusal(
            "service `\(name)` exists in `\(namespace)` with TTL \(before["ttl"].text) and"
                + " \(before["routing"].interpolated) routing, wanted TTL \(ttl) and \(routing)",
            hint: "change it where it is defined, or give the step what is there"
        )
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard !observed.isNull, !expected.isNull else { return observed == expected }
        let isSame = expected["id"].isNull || observed["id"] == expected["id"]
        return isSame && observed["ttl"] == expected["ttl"] && observed["routing"] == expected["routing"]
    }

    func facts(of image: Value) -> [String: Value] { ["id": image["id"], "arn": image["arn"]] }

    func summary(from: Value, to: Value) -> String {
        "\(to.isNull ? "delete" : "create") Cloud Map service `\(name)` in `\(namespace)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else {
            guard let id = from["id"].string else { throw Refusal("the record of service `\(name)` has no id") }
            try await world.remove("servicediscovery:DeleteService \(id)", absentBy: ["ServiceNotFound"]) {
                try await world.aws.serviceDiscovery.deleteService(.init(id: id))
            }
            return .null
        }
        let space = try await space(world)
        var input = ServiceDiscovery.CreateServiceInput(
            name: name,
            creatorRequestId: ClientToken.fitting(token, limit: 64)
        )
        input.namespaceId = space.id
        input.description = description
        input.dnsConfig = .init(routingPolicy: routing, dnsRecords: [.init(type: "A", ttl: ttl)])
        // Why 1: the one value that Cloud Map still honours.
        input.healthCheckCustomConfig = hasCustomHealth ? .init(failureThreshold: 1) : nil
        let request = input
        let made = try await world.call("servicediscovery:CreateService \(name)") {
            try await world.aws.serviceDiscovery.createService(request)
        }
        return ["id": .string(made.service.id), "arn": .string(made.service.arn)]
    }
}
