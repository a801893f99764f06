import AWSClient
import MigrateCore

/// Whether a target group has healthy targets.
struct TargetsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "elb.targets",
        role: .probe,
        summary: "A target group has enough healthy targets",
        parameters: [
            .required("target_group", .string, "Name or ARN of the target group"),
            .optional("at_least", .integer, default: 1, unit: "targets", "Fewest healthy targets"),
            .optional("all", .boolean, default: false, "Whether no target may be anything but healthy or draining"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth"],
                on: "*",
                mutates: false
            )
        ],
        facts: [
            "arn": "ARN of the target group", "healthy": "healthy targets", "targets": "`{id, port, state}` of each",
        ],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: grafana-healthy
              probe: elb.targets
              with: {target_group: lgtm-grafana, at_least: 1}
            """
    )

    private let group: String
    private let atLeast: Int
    private let wantsAll: Bool

    init(_ parameters: Parameters) throws {
        group = try parameters.string("target_group")
        atLeast = try parameters.integer("at_least", in: 0...10_000)
        wantsAll = try parameters.boolean("all")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await ElasticLoadBalancing.TargetGroup.find(group, world) else {
            return Observation(.fail("no target group `\(group)`"))
        }
        let health = try await world.call("elasticloadbalancing:DescribeTargetHealth \(group)") {
            try await world.aws.elasticLoadBalancing.describeTargetHealth(
                .init(targetGroupArn: found.targetGroupArn)
            )
        }.targetHealthDescriptions
        let healthy = health.count { $0.targetHealth?.state == "healthy" }
        let others = health.filter { !["healthy", "draining"].contains($0.targetHealth?.state) }
        let facts: [String: Value] = [
            "arn": .string(found.targetGroupArn), "healthy": .integer(Int64(healthy)),
            "targets": .array(health.map(Self.value)),
        ]
        let seen = "\(healthy) of \(health.count) targets of `\(group)` are healthy"
        if healthy >= atLeast, !wantsAll || others.isEmpty { return Observation(.pass(seen), facts: facts) }
        let words = others.map { "\($0.target?.id ?? "?") \(Self.words($0.targetHealth))" }
        let check = "checked at port \(found.healthCheckPort ?? "?"), path \(found.healthCheckPath ?? "none")"
        let list = words.isEmpty ? "" : ": " + words.joined(separator: "; ") + " (\(check))"
        return Observation(.fail("\(seen), wanted \(wantsAll ? "all" : "\(atLeast)")\(list)"), facts: facts)
    }

    private static func words(_ health: ElasticLoadBalancing.TargetHealth?) -> String {
        let reason = health?.description ?? health?.reason
        return (health?.state ?? "unknown") + (reason.map { " (\($0))" } ?? "")
    }

    private static func value(_ found: ElasticLoadBalancing.TargetHealthDescription) -> Value {
        [
            "id": found.target.map { .string($0.id) } ?? .null,
            "port": found.target?.port.map { .integer(Int64($0)) } ?? .null,
            "state": found.targetHealth?.state.map { .string($0) } ?? .null,
        ]
    }
}

extension ElasticLoadBalancing.TargetGroup {
    /// Group with `nameOrARN`; nil when there is none.
    ///
    /// Throws: as `World.call`.
    static func find(_ nameOrARN: String, _ world: World) async throws -> ElasticLoadBalancing.TargetGroup? {
        let isARN = nameOrARN.hasPrefix("arn:")
        let found = try await world.look(
            "elasticloadbalancing:DescribeTargetGroups \(nameOrARN)",
            absentBy: ["TargetGroupNotFound"]
        ) {
            try await world.aws.elasticLoadBalancing.describeTargetGroups(
                .init(targetGroupArns: isARN ? [nameOrARN] : nil, names: isARN ? nil : [nameOrARN])
            )
        }
        return found?.targetGroups.first
    }
}
