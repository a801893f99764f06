import AWSClient
import MigrateCore

/// Whether tasks run, and where.
struct ECSTasksProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecs.tasks",
        role: .probe,
        summary: "Enough tasks of a service or family run and are healthy; gives their addresses",
        parameters: [
            .required("cluster", .string, "Name or ARN of the cluster"),
            .optional("service", .string, "Name of the service"),
            .optional(
                "family",
                .string,
                example: "lgtm-mimir",
                "Family of the task definition, in place of a service"
            ),
            .optional("at_least", .integer, default: 1, unit: "tasks", "Fewest running tasks"),
            .optional("healthy", .boolean, default: false, "Whether only tasks count that ECS calls healthy"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["ecs:ListTasks", "ecs:DescribeTasks"], on: "*", mutates: false)],
        facts: [
            "count": "tasks that count", "addresses": "their private addresses", "arns": "their ARNs",
            "zones": "zones they run in",
        ],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: mimir-tasks
              probe: ecs.tasks
              with: {cluster: lgtm, service: mimir, at_least: 3}
            """
    )

    private let cluster: String
    private let service: String?
    private let family: String?
    private let atLeast: Int
    private let mustBeHealthy: Bool

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        service = try parameters.stringIfGiven("service")
        family = try parameters.stringIfGiven("family")
        atLeast = try parameters.integer("at_least", in: 0...5000)
        mustBeHealthy = try parameters.boolean("healthy")
        guard (service == nil) != (family == nil) else {
            throw ParameterError("service", "or `family` must be given, and not both")
        }
    }

    func ask(_ world: World) async throws -> Observation {
        let name = service ?? family ?? ""
        var input = ECS.ListTasksInput()
        input.cluster = cluster
        input.serviceName = service
        input.family = family
        input.desiredStatus = "RUNNING"
        let request = input
        let arns = try await world.look(
            "ecs:ListTasks \(name)",
            absentBy: ["ServiceNotFoundException", "ClusterNotFoundException"]
        ) {
            try await world.aws.ecs.allTaskArns(request)
        }
        guard let arns else { return Observation(.fail("no service `\(name)` in cluster `\(cluster)`")) }
        var tasks: [ECS.Task] = []
        for start in stride(from: 0, to: arns.count, by: 100) {
            let batch = Array(arns[start..<min(start + 100, arns.count)])
            tasks += try await world.call("ecs:DescribeTasks of \(name)") {
                try await world.aws.ecs.describeTasks(.init(cluster: cluster, tasks: batch))
            }.tasks
        }
        let counted = tasks.filter {
            $0.lastStatus == "RUNNING" && (!mustBeHealthy || $0.healthStatus == "HEALTHY")
        }
        let addresses = counted.compactMap(\.privateAddress).sorted()
        let facts: [String: Value] = [
            "count": .integer(Int64(counted.count)), "addresses": .array(addresses.map { .string($0) }),
            "arns": .array(counted.map { .string($0.taskArn) }),
            "zones": .array(Set(counted.compactMap(\.availabilityZone)).sorted().map { .string($0) }),
        ]
        let word = mustBeHealthy ? "healthy" : "running"
        let seen = "\(counted.count) of \(tasks.count) tasks of `\(name)` are \(word)"
        return Observation(counted.count >= atLeast ? .pass(seen) : .fail("\(seen), wanted \(atLeast)"), facts: facts)
    }
}

extension ECS.Task {
    /// Address of its network interface inside the VPC; nil when it has none of its own.
    var privateAddress: String? {
        attachments.lazy.flatMap(\.details).first { $0.name == "privateIPv4Address" }?.value
    }
}
