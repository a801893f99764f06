import AWSClient
import MigrateCore

/// Whether a service runs all its tasks and nothing is being rolled out.
struct ECSServiceProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecs.service",
        role: .probe,
        summary: "An ECS service runs as many tasks as it should, all of one finished deployment",
        parameters: [
            .required("cluster", .string, "Name or ARN of the cluster"),
            .required("name", .string, "Name of the service"),
            .optional(
                "task_definition",
                .string,
                example: "${steps.mimir-task.arn}",
                "ARN of the revision that it must run"
            ),
            .optional(
                "desired_count",
                .integer,
                unit: "tasks",
                "Tasks it must want; left out, as many as it does, at least 1"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(["ecs:DescribeServices"], on: ECSServiceState.resource, mutates: false),
            Permission(
                [
                    "ecs:ListTasks", "ecs:DescribeTasks", "ecs:DescribeTaskDefinition",
                    "elasticloadbalancing:DescribeTargetGroups", "logs:GetLogEvents",
                ],
                on: "*",
                mutates: false
            ),
        ],
        facts: ECSServiceState.factNames,
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-stable
              probe: ecs.service
              with: {cluster: lgtm, name: mimir, desired_count: 3}
            """
    )

    private let cluster: String
    private let name: String
    private let taskDefinition: String?
    private let desiredCount: Int?

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        name = try parameters.string("name")
        taskDefinition = try parameters.stringIfGiven("task_definition")
        desiredCount = try parameters.integerIfGiven("desired_count")
    }

    func ask(_ world: World) async throws -> Observation {
        guard let found = try await ECSServiceState.named(name, in: cluster, world) else {
            return Observation(.fail("no service `\(name)` in cluster `\(cluster)`"))
        }
        var faults: [String] = []
        if found.service.status != "ACTIVE" { faults.append("it is \(found.service.status)") }
        if let taskDefinition, found.service.taskDefinition != taskDefinition {
            faults.append("it runs \(found.service.taskDefinition ?? "no task definition"), not \(taskDefinition)")
        }
        if found.service.desiredCount != desiredCount ?? max(found.service.desiredCount, 1) {
            faults.append("\(found.service.desiredCount) tasks wanted, not \(desiredCount ?? 1)")
        }
        if !found.isStable {
            let cause = try await found.cause(ofTasksOf: nil, world).told(world)
            let hint = cause?.hint.map { " (\($0))" } ?? ""
            faults.append(found.progress + (cause.map { ": \($0.message)" } ?? "") + hint)
        }
        let verdict: Verdict =
            faults.isEmpty
            ? .pass("service `\(name)`: \(found.progress)")
            : .fail("service `\(name)`: " + faults.joined(separator: "; "))
        return Observation(verdict, facts: found.facts)
    }
}
