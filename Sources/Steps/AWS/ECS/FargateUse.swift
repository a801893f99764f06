import AWSClient
import MigrateCore

/// vCPUs that run on Fargate in the account and region, but for those of some services.
///
/// ECS tells it to the task, yet knows nothing of Kubernetes' pods, which count too; CloudWatch's usage metric knows all,
/// yet minutes late. The larger of the two stands.
/// Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/monitoring-fargate-usage.html, read 2026-11-21.
struct FargateUse: Sendable {
    /// Which capacity.
    let capacity: FargateCapacity
    /// Name or ARN of the cluster that `services` are of.
    let cluster: String
    /// Names of the services that do not count.
    let services: Set<String>

    /// What was found.
    struct Finding: Sendable, Equatable {
        /// CPU units.
        var units: Int
        /// Who says so.
        var source: String
    }

    private static let window = Duration.seconds(900)

    /// What others use, by ECS and by `metric`, of which the usual one stands in when nil.
    ///
    /// Throws: as `World.call`; `Problem` for a task without a size.
    func byOthers(_ metric: ServiceQuotas.UsageMetric?, _ world: World) async throws -> Finding {
        var own = 0
        var others = 0
        for arn in try await world.call("ecs:ListClusters", { try await world.aws.ecs.allClusterArns() }) {
            for task in try await tasks(of: arn, world) where isOurs(task) {
                guard let units = task.cpu.flatMap({ Int($0) }) else {
                    throw Problem("ECS does not say how many CPU units task `\(task.taskArn)` has")
                }
                let isOwn = isOwn(arn) && services.contains { task.group == "service:\($0)" }
                if isOwn { own += units } else { others += units }
            }
        }
        let asMeasured = try await measured(metric, world).map { $0 - own }
        guard let asMeasured, asMeasured > others else { return Finding(units: others, source: "as ECS counts") }
        return Finding(units: asMeasured, source: "as CloudWatch counts")
    }

    private func isOwn(_ arn: String) -> Bool { arn == cluster || arn.hasSuffix(":cluster/\(cluster)") }

    private func isOurs(_ task: ECS.Task) -> Bool {
        let isSpot = task.capacityProviderName == FargateCapacity.spot.rawValue
        switch capacity {
        case .onDemand: return task.launchType == "FARGATE" && !isSpot
        case .spot: return isSpot
        }
    }

    private func tasks(of cluster: String, _ world: World) async throws -> [ECS.Task] {
        var input = ECS.ListTasksInput()
        input.cluster = cluster
        let request = input
        let arns = try await world.look("ecs:ListTasks \(cluster)", absentBy: ["ClusterNotFoundException"]) {
            try await world.aws.ecs.allTaskArns(request)
        }
        return try await ECS.Task.described(arns ?? [], of: cluster, world)
    }

    /// Newest value of the usage metric, in CPU units; nil when there is none, as where nothing runs.
    private func measured(_ metric: ServiceQuotas.UsageMetric?, _ world: World) async throws -> Int? {
        let usual = [
            "Service": "Fargate", "Type": "Resource", "Resource": "vCPU", "Class": capacity.usageClass,
        ]
        var query = CloudWatch.MetricDataQuery(id: "used")
        query.metricStat = .init(
            metric: .init(
                namespace: metric?.namespace ?? "AWS/Usage",
                metricName: metric?.name ?? "ResourceCount",
                dimensions: (metric?.dimensions ?? usual).sorted { $0.key < $1.key }.map {
                    .init(name: $0.key, value: $0.value)
                }
            ),
            period: 300,
            stat: metric?.statistic ?? "Maximum"
        )
        let end = world.now().milliseconds
        let begin = end - (Self.window / world.timeScale).inMilliseconds
        var input = CloudWatch.GetMetricDataInput(
            metricDataQueries: [query],
            startTime: AWSTimestamp(seconds: Double(begin) / 1000),
            endTime: AWSTimestamp(seconds: Double(end) / 1000)
        )
        input.scanBy = "TimestampDescending"
        let request = input
        let results = try await world.call("cloudwatch:GetMetricData vCPUs in use") {
            try await world.aws.cloudWatch.allMetricDataResults(request)
        }
        return results.flatMap(\.values).first.map { Int(($0 * Double(FargateNeed.unitsPerCPU)).rounded()) }
    }
}

extension ECS.Task {
    /// The tasks `arns` of a cluster; those that are gone by now are left out.
    ///
    /// Throws: as `World.call`.
    static func described(_ arns: [String], of cluster: String, _ world: World) async throws -> [ECS.Task] {
        var tasks: [ECS.Task] = []
        for start in stride(from: 0, to: arns.count, by: 100) {
            let batch = Array(arns[start..<min(start + 100, arns.count)])
            tasks += try await world.call("ecs:DescribeTasks of \(cluster)") {
                try await world.aws.ecs.describeTasks(.init(cluster: cluster, tasks: batch))
            }.tasks
        }
        return tasks
    }
}
