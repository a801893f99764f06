import AWSClient
import MigrateCore

/// Whether instances are there and in the state they should be.
struct EC2InstancesProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ec2.instances",
        role: .probe,
        summary: "EC2 instances exist, by id or by tags, and are in a state",
        parameters: [
            .optional("ids", .list(.string), example: ["i-0a1b2c3d"], "Ids of the instances"),
            .optional("tags", .mapping, "Tags that they must have, such as `{Name: mimir}`"),
            .optional(
                "state",
                .choice(["running", "stopped", "any"]),
                default: "running",
                "State that each must be in"
            ),
            .optional("at_least", .integer, default: 1, unit: "instances", "Fewest instances"),
            .optional(
                "elastic",
                .boolean,
                default: false,
                "Whether public addresses must be Elastic IPs, since others are lost when the instance stops"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["ec2:DescribeInstances", "ec2:DescribeAddresses"], on: "*", mutates: false)
        ],
        facts: [
            "instances": "`{id, state, private_address, public_address, elastic}` each", "ids": "ids of the instances",
            "private_addresses": "their addresses inside the VPC",
        ],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: old-stack-running
              probe: ec2.instances
              with: {tags: {Stack: lgtm}, state: running, at_least: 5}
            """
    )

    private let ids: [String]
    private let tags: [String: String]
    private let state: String
    private let atLeast: Int
    private let mustBeElastic: Bool

    init(_ parameters: Parameters) throws {
        ids = try parameters.strings("ids")
        tags = try parameters.textMapping("tags")
        state = try parameters.choice("state", of: ["running", "stopped", "any"])
        atLeast = try parameters.integer("at_least", in: 0...10_000)
        mustBeElastic = try parameters.boolean("elastic")
        guard !ids.isEmpty || !tags.isEmpty else { throw ParameterError("ids", "or `tags` must be given") }
    }

    func ask(_ world: World) async throws -> Observation {
        var filters = tags.sorted { $0.key < $1.key }.map { EC2.Filter(name: "tag:\($0.key)", values: [$0.value]) }
        if !ids.isEmpty { filters.append(EC2.Filter(name: "instance-id", values: ids)) }
        let found = try await EC2InstanceState.matching(filters, world)
        var faults: [String] = []
        let missing = ids.filter { id in !found.contains { $0.id == id } }
        if !missing.isEmpty { faults.append("not there: \(missing.joined(separator: ", "))") }
        if found.count < atLeast { faults.append("\(found.count) instances, wanted \(atLeast)") }
        for instance in found {
            if state != "any", instance.state != state { faults.append("\(instance.id) is \(instance.state)") }
            if mustBeElastic, let address = instance.publicAddress, !instance.isElastic {
                faults.append("\(instance.id) has \(address), which is not elastic and is lost when it stops")
            }
        }
        let facts: [String: Value] = [
            "instances": .array(found.map(\.value)), "ids": .array(found.map { .string($0.id) }),
            "private_addresses": .array(found.compactMap(\.privateAddress).map { .string($0) }),
        ]
        let word = state == "any" ? "there" : state
        let verdict: Verdict =
            faults.isEmpty ? .pass("\(found.count) instances \(word)") : .fail(faults.joined(separator: "; "))
        return Observation(verdict, facts: facts)
    }
}
