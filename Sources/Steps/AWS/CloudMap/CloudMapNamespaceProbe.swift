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
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["servicediscovery:ListNamespaces"], on: "*", mutates: false)],
        facts: ["id": "id of the namespace", "arn": "its ARN", "hosted_zone": "id of the hosted zone behind it"],
        source: "https://docs.aws.amazon.com/cloud-map/latest/api/API_ListNamespaces.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: namespace-there
              probe: cloudmap.namespace
              with: {name: lgtm.local, type: DNS_PRIVATE}
            """
    )

    private let name: String
    private let type: String?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        type = try parameters.stringIfGiven("type")
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
        return Observation(.pass("namespace `\(found.name)` (\(found.id), \(found.type))"), facts: facts)
    }
}
