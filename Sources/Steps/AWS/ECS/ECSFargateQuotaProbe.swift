import AWSClient
import MigrateCore

/// Whether the account may have the vCPUs on Fargate that services will need.
struct ECSFargateQuotaProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ecs.fargate_quota",
        role: .probe,
        summary: "The account's quota of Fargate vCPUs has room for services, beside all else that runs",
        parameters: [
            .required("cluster", .string, "Name or ARN of the services' cluster; it need not be there yet"),
            .required(
                "services",
                .list(.mapping),
                "What is needed: `{name, tasks, cpu, ceiling}` each, `cpu` in units of a 1,024th of a vCPU; `ceiling` is"
                    + " the most tasks during a roll-out in percent, 200 unless given; what else there is is not read"
            ),
            .optional(
                "capacity",
                .choice(FargateCapacity.allCases.map(\.rawValue)),
                default: "FARGATE",
                "Which quota: on-demand or spot"
            ),
            .optional("spare", .integer, default: 0, unit: "vCPU", "How much must be left over"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                [
                    "servicequotas:GetServiceQuota", "ecs:ListClusters", "ecs:ListTasks", "ecs:DescribeTasks",
                    "cloudwatch:GetMetricData",
                ],
                on: "*",
                mutates: false
            )
        ],
        facts: [
            "quota": "vCPUs that the account may have", "needed": "vCPUs that the services need during a roll-out",
            "used": "vCPUs that others use", "free": "vCPUs that are left then",
        ],
        source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/monitoring-fargate-usage.html and"
            + " https://docs.aws.amazon.com/general/latest/gr/ecs-service.html, read 2026-11-21",
        example: """
            - id: capacity
              probe: ecs.fargate_quota
              with:
                cluster: lgtm
                services: [{name: mimir, tasks: 3, cpu: 2048, ceiling: 100}, {name: grafana, tasks: 1, cpu: 512}]
            """
    )

    private let cluster: String
    private let services: [FargateNeed]
    private let capacity: FargateCapacity
    private let spare: Int

    init(_ parameters: Parameters) throws {
        cluster = try parameters.string("cluster")
        services = try parameters.list("services").map { try FargateNeed($0, parameter: "services") }
        guard !services.isEmpty else { throw ParameterError("services", "must hold at least one") }
        let word = try parameters.choice("capacity", of: FargateCapacity.allCases.map(\.rawValue))
        guard let capacity = FargateCapacity(rawValue: word) else { throw ParameterError("capacity", "is not known") }
        self.capacity = capacity
        spare = try parameters.integer("spare", in: 0...1_000_000)
    }

    func ask(_ world: World) async throws -> Observation {
        let code = capacity.quotaCode
        let found = try await world.look("servicequotas:GetServiceQuota \(code)", absentBy: ["NoSuchResourceException"])
        {
            try await world.aws.serviceQuotas.getServiceQuota(.init(serviceCode: "fargate", quotaCode: code))
        }
        guard let quota = found?.quota, let value = quota.value else {
            return Observation(.inconclusive("Service Quotas has no value of `\(code)` for this account and region"))
        }
        let use = FargateUse(capacity: capacity, cluster: cluster, services: Set(services.map(\.tasks.service)))
        let used = try await use.byOthers(quota.usageMetric, world)
        let needed = FargateNeed.units(of: services)
        let free = Int(value.rounded(.down)) * FargateNeed.unitsPerCPU - used.units - needed
        let facts: [String: Value] = [
            "quota": Self.number(of: value), "needed": Self.number(needed), "used": Self.number(used.units),
            "free": Self.number(free),
        ]
        let seen =
            "\(services.count) services need \(Self.words(needed)) vCPU, others use \(Self.words(used.units)) (\(used.source))"
        guard free >= spare * FargateNeed.unitsPerCPU else {
            let missing = spare * FargateNeed.unitsPerCPU - free
            let beside = spare > 0 ? " with \(spare) to spare" : ""
            return Observation(
                .fail(
                    "\(seen), and the account may have \(Self.words(of: value)): \(Self.words(missing)) are missing"
                        + "\(beside); raise the quota `\(code)` of Fargate in Service Quotas"
                ),
                facts: facts
            )
        }
        return Observation(
            .pass("\(seen), and the account may have \(Self.words(of: value)): \(Self.words(free)) are left"),
            facts: facts
        )
    }

    private static func number(_ units: Int) -> Value { number(of: cpus(units)) }

    private static func number(of cpus: Double) -> Value {
        Int64(exactly: cpus).map { .integer($0) } ?? .number(cpus)
    }

    private static func words(_ units: Int) -> String { words(of: cpus(units)) }

    private static func words(of cpus: Double) -> String { number(of: (cpus * 100).rounded() / 100).text }

    private static func cpus(_ units: Int) -> Double { Double(units) / Double(FargateNeed.unitsPerCPU) }
}
