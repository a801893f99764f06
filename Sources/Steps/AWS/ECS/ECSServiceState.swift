import AWSClient
import MigrateCore

/// A service as found, with its image and how far its deployment is.
struct ECSServiceState: Sendable {
    /// What ECS says.
    var service: ECS.Service

    /// Facts that kinds of services give, with their meaning.
    static let factNames = [
        "arn": "ARN of the service", "task_definition": "ARN of its task definition", "desired": "tasks wanted",
        "running": "tasks running",
    ]

    /// Resource of permissions on it; `${cluster}` and `${name}` are parameters.
    static let resource = "arn:aws:ecs:*:*:service/${cluster}/${name}"

    /// Facts.
    var facts: [String: Value] {
        [
            "arn": .string(service.serviceArn), "task_definition": service.taskDefinition.map { .string($0) } ?? .null,
            "desired": .integer(Int64(service.desiredCount)), "running": .integer(Int64(service.runningCount)),
        ]
    }

    /// Deployment that is being rolled out, or is.
    var primary: ECS.Deployment? { service.deployments.first { $0.status == "PRIMARY" } }

    /// How far it is, in one line.
    var progress: String {
        var text = "\(service.runningCount) of \(service.desiredCount) tasks running"
        if service.pendingCount > 0 { text += ", \(service.pendingCount) pending" }
        if service.deployments.count > 1 { text += ", \(service.deployments.count) deployments" }
        if let state = primary?.rolloutState { text += ", roll-out \(state)" }
        return text
    }

    /// Whether all wanted tasks run and nothing is being rolled out.
    var isStable: Bool {
        service.deployments.count <= 1 && service.runningCount == service.desiredCount && service.pendingCount == 0
            && (primary?.rolloutState ?? "COMPLETED") == "COMPLETED"
    }

    /// Service `name` of `cluster`; nil when there is none or it is gone.
    ///
    /// Throws: as `World.call`.
    static func named(_ name: String, in cluster: String, _ world: World) async throws -> ECSServiceState? {
        let found = try await world.look(
            "ecs:DescribeServices \(cluster) \(name)",
            absentBy: ["ClusterNotFoundException"]
        ) {
            try await world.aws.ecs.describeServices(.init(cluster: cluster, services: [name]))
        }
        guard let service = found?.services.first, service.status != "INACTIVE" else { return nil }
        return ECSServiceState(service: service)
    }
}

extension ECSServiceState {
    /// Why its tasks do not stay up.
    struct Cause: Sendable {
        /// The cause; nil when ECS names none.
        var problem: Problem?
        /// How many tasks failed.
        var failures: Int
        /// Newest task that failed.
        var task: StoppedTask?

        /// The cause, with what the task's definition and log add to it.
        func told(_ world: World) async -> Problem? {
            guard let problem else { return nil }
            return await TaskDetails.completing(problem, of: task, world)
        }
    }

    /// Why its tasks do not stay up, and how many failed.
    ///
    /// Only tasks of the task definition `revision`, an ARN, count, from its newest deployment on; with nil, those that
    /// its present deployments started. Why: for an hour ECS tells of tasks that an earlier service of the same name left
    /// behind, and of those that failed before somebody mended the cause.
    /// Throws: as `World.call`.
    func cause(ofTasksOf revision: String?, _ world: World) async throws -> Cause {
        let cluster = service.clusterArn ?? ""
        var input = ECS.ListTasksInput()
        input.cluster = cluster
        input.serviceName = service.serviceName
        input.desiredStatus = "STOPPED"
        let request = input
        let arns = try await world.call("ecs:ListTasks \(service.serviceName) STOPPED") {
            try await world.aws.ecs.listTasks(request)
        }
        let since =
            service.deployments.filter { $0.taskDefinition == revision }.compactMap { $0.createdAt?.seconds }.max() ?? 0
        var stopped: [StoppedTask] = []
        if !arns.taskArns.isEmpty {
            let found = try await world.call("ecs:DescribeTasks of \(service.serviceName)") {
                try await world.aws.ecs.describeTasks(.init(cluster: cluster, tasks: Array(arns.taskArns.prefix(100))))
            }
            let deployments = Set(service.deployments.compactMap(\.id))
            let isOurs = { (task: ECS.Task) in
                if let revision {
                    return task.taskDefinitionArn == revision && (task.createdAt?.seconds ?? .infinity) >= since
                }
                return task.startedBy.map(deployments.contains) ?? true
            }
            stopped = found.tasks.filter(isOurs)
                .sorted { ($0.stoppedAt?.seconds ?? 0) > ($1.stoppedAt?.seconds ?? 0) }.map(StoppedTask.init)
        }
        let diagnosis = ServiceDiagnosis(
            service: service.serviceName,
            stopped: stopped,
            events: service.events.filter { ($0.createdAt?.seconds ?? .infinity) >= since }.prefix(20)
                .compactMap(\.message),
            healthCheck: try await healthCheck(world)
        )
        let failed = stopped.filter { diagnosis.cause(of: $0) != nil }
        return Cause(problem: diagnosis.cause, failures: failed.count, task: failed.first)
    }

    /// Health check of its first target group in words; nil when it has none.
    private func healthCheck(_ world: World) async throws -> String? {
        guard let balancer = service.loadBalancers.first, let group = balancer.targetGroupArn else { return nil }
        let found = try await world.look(
            "elasticloadbalancing:DescribeTargetGroups \(group)",
            absentBy: ["TargetGroupNotFound"]
        ) {
            try await world.aws.elasticLoadBalancing.describeTargetGroups(.init(targetGroupArns: [group]))
        }
        guard let check = found?.targetGroups.first else { return nil }
        let port =
            check.healthCheckPort == "traffic-port" ? balancer.containerPort.map(String.init) : check.healthCheckPort
        return "port \(port ?? "of the target"), path \(check.healthCheckPath ?? "none")"
    }
}

extension StoppedTask {
    /// Takes what ECS says.
    init(_ task: ECS.Task) {
        self.init(
            id: task.taskArn.split(separator: "/").last.map(String.init) ?? task.taskArn,
            taskDefinition: task.taskDefinitionArn ?? "",
            reason: task.stoppedReason ?? "",
            code: task.stopCode ?? "",
            containers: task.containers.map {
                Container(name: $0.name ?? "", image: $0.image ?? "", exitCode: $0.exitCode, reason: $0.reason ?? "")
            }
        )
    }
}
