import AWSClient
import MigrateCore

/// Whether a Cloud Map namespace is there.
struct CloudMapNamespaceProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "cloudmap.namespace",
        role: .probe,
        summary: "A Cloud Map namespace exists and is of this type",
        parameters: [
            .required("name", .string, "Name of the namespace, such as `lgtm.local`, or its id"),
            .optional("type", .choice(["DNS_PRIVATE", "DNS_PUBLIC", "HTTP"]), "Type it must have"),
            .optional("vpc", .string, "Id of the VPC that it must answer in; only for a private DNS namespace"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["servicediscovery:ListNamespaces"], on: "*", mutates: false),
            Permission(["route53:GetHostedZone"], on: "arn:aws:route53:::hostedzone/*", mutates: false),
        ],
        facts: ["id": "id of the namespace", "arn": "its ARN", "hosted_zone": "id of the hosted zone behind it"],
        source: "https://docs.aws.amazon.com/cloud-map/latest/api/API_ListNamespaces.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: namespace-there
              probe: cloudmap.namespace
              with: {name: lgtm.local, type: DNS_PRIVATE, vpc: "${vpc_id}"}
            """
    )

    private let name: String
    private let type: String?
    private let vpc: String?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        type = try parameters.stringIfGiven("type")
        vpc = try parameters.stringIfGiven("vpc")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await CloudMapNamespace.find(name, world) else {
            return Observation(.fail("no namespace `\(name)`"))
        }
        let facts: [String: Value] = [
            "id": .string(found.id), "arn": .string(found.arn),
            "hosted_zone": found.hostedZone.map { .string($0) } ?? .null,
        ]
        if let type, type != found.type {
            return Observation(.fail("namespace `\(name)` is \(found.type), not \(type)"), facts: facts)
        }
        if let vpc, let fault = try await faultOfVPC(vpc, found, world) {
            return Observation(.fail("namespace `\(name)` \(fault)"), facts: facts)
        }
        return Observation(.pass("namespace `\(found.name)` (\(found.id), \(found.type))"), facts: facts)
    }

    /// Why `namespace` does not answer in `vpc`; nil when it does.
    private func faultOfVPC(_ vpc: String, _ namespace: CloudMapNamespace, _ world: World) async throws -> String? {
        guard namespace.type == "DNS_PRIVATE", let zone = namespace.hostedZone else { return "has no private zone" }
        let found = try await world.look("route53:GetHostedZone \(zone)", absentBy: ["NoSuchHostedZone"]) {
            try await world.aws.route53.getHostedZone(.init(id: zone))
        }
        guard let found else { return "names the hosted zone \(zone), which is not there" }
        let vpcs = found.vpcs.compactMap(\.vpcId)
        return vpcs.contains(vpc)
            ? nil : "answers in \(vpcs.isEmpty ? "no VPC" : vpcs.joined(separator: ", ")), not in \(vpc)"
    }
}
