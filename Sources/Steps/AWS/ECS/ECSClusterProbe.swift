import AWSClient
import MigrateCore

/// Whether a cluster is there and set up.
struct ECSClusterProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecs.cluster",
        role: .probe,
        summary: "An ECS cluster is active, with these capacity providers and Container Insights as wanted",
        parameters: [
            .required("name", .string, "Name or ARN of the cluster"),
            .optional("capacity_providers", .list(.string), "Capacity providers it must have, such as `FARGATE`"),
            .optional("container_insights", .boolean, "Whether Container Insights must be on; left out, not looked at"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["ecs:DescribeClusters"], on: "arn:aws:ecs:*:*:cluster/${name}", mutates: false)
        ],
        facts: ["arn": "ARN of the cluster", "running_tasks": "tasks running", "services": "services that are active"],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: cluster-there
              probe: ecs.cluster
              with: {name: lgtm, capacity_providers: [FARGATE]}
            """
    )

    private let name: String
    private let capacityProviders: [String]
    private let containerInsights: Bool?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        capacityProviders = try parameters.strings("capacity_providers")
        containerInsights = try parameters.booleanIfGiven("container_insights")
    }

    func ask(_ world: World) async throws -> Observation {
        let answer = try await world.call("ecs:DescribeClusters \(name)") {
            try await world.aws.ecs.describeClusters(.init(clusters: [name], include: ["SETTINGS"]))
        }
        guard let cluster = answer.clusters.first, cluster.status != "INACTIVE" else {
            return Observation(.fail("no cluster `\(name)`"))
        }
        var faults: [String] = []
        if cluster.status != "ACTIVE" { faults.append("it is \(cluster.status)") }
        let missing = capacityProviders.filter { !cluster.capacityProviders.contains($0) }
        if !missing.isEmpty { faults.append("no capacity provider \(missing.joined(separator: ", "))") }
        let insights = cluster.settings.first { $0.name == "containerInsights" }?.value ?? "disabled"
        if let containerInsights, (insights != "disabled") != containerInsights {
            faults.append("Container Insights is \(insights)")
        }
        let facts: [String: Value] = [
            "arn": .string(cluster.clusterArn), "running_tasks": .integer(Int64(cluster.runningTasksCount ?? 0)),
            "services": .integer(Int64(cluster.activeServicesCount ?? 0)),
        ]
        let verdict: Verdict =
            faults.isEmpty
            ? .pass("cluster `\(name)`, \(cluster.runningTasksCount ?? 0) tasks running")
            : .fail("cluster `\(name)`: " + faults.joined(separator: "; "))
        return Observation(verdict, facts: facts)
    }
}
