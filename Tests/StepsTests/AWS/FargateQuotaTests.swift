import MigrateCore
import Testing

@testable import Steps

@Suite struct FargateQuotaTests {
    private static let services: Value = [
        ["name": "mimir", "tasks": 3, "cpu": 2048, "ceiling": 100, "port": 8080],
        ["name": "grafana", "tasks": 1, "cpu": 512],
    ]

    private static func quota(_ value: Value) -> ScriptedAWS.Call {
        .json(
            "GetServiceQuota",
            ["ServiceCode": "fargate", "QuotaCode": "L-3032A538"],
            returns: ["Quota": ["Value": value, "QuotaCode": "L-3032A538"]]
        )
    }

    private static func task(_ group: String, cpu: Value = "1024", provider: Value = .null) -> Value {
        [
            "taskArn": .string("arn:\(group)"), "group": .string(group), "cpu": cpu, "launchType": "FARGATE",
            "capacityProviderName": provider,
        ]
    }

    /// Two clusters: `lgtm` with `ours`, another with `theirs`; CloudWatch says `metric`.
    private static func running(ours: [Value], theirs: [Value], metric: [Value]) -> [ScriptedAWS.Call] {
        let clusters = ["lgtm", "other"].map { "arn:aws:ecs:eu-west-1:1:cluster/\($0)" }
        func tasks(of cluster: String, _ tasks: [Value]) -> [ScriptedAWS.Call] {
            let arns = Value.array(tasks.map { $0["taskArn"] })
            let list = ScriptedAWS.Call.json("ListTasks", ["cluster": .string(cluster)], returns: ["taskArns": arns])
            guard !tasks.isEmpty else { return [list] }
            return [
                list,
                .json(
                    "DescribeTasks",
                    ["cluster": .string(cluster), "tasks": arns],
                    returns: ["tasks": .array(tasks)]
                ),
            ]
        }
        let used: Value = ["Id": "used", "Values": .array(metric), "StatusCode": "Complete"]
        return [.json("ListClusters", returns: ["clusterArns": .array(clusters.map { .string($0) })])]
            + tasks(of: clusters[0], ours) + tasks(of: clusters[1], theirs)
            + [.json("GetMetricData", returns: ["MetricDataResults": [used]])]
    }

    private func ask(_ value: Value, _ script: [ScriptedAWS.Call], spare: Int64 = 0) async throws -> Observation {
        try await asking(
            ECSFargateQuotaProbe.self,
            ["cluster": "lgtm", "services": Self.services, "spare": .integer(spare)],
            [Self.quota(value)] + script
        )
    }

    @Test func whatARollOutNeedsMustFitBesideAllElse() async throws {
        let others = Self.running(ours: [], theirs: [Self.task("service:web", cpu: "4096")], metric: [])
        let fits = try await ask(11, others)
        // Three tasks of 2 vCPU at a ceiling of 100 %, one of a half at ECS's own 200 %.
        let seen = "2 services need 7 vCPU, others use 4 (as ECS counts), and the account may have"
        #expect(fits.verdict == .pass("\(seen) 11: 0 are left"))
        #expect(fits.facts == ["quota": 11, "needed": 7, "used": 4, "free": 0])
        #expect(
            try await ask(10, others).verdict
                == .fail(
                    "\(seen) 10: 1 are missing; raise the quota `L-3032A538` of Fargate in Service Quotas"
                )
        )
        #expect(
            try await ask(11, others, spare: 2).verdict
                == .fail(
                    "\(seen) 11: 2 are missing with 2 to spare; raise the quota `L-3032A538` of Fargate in Service Quotas"
                )
        )
    }

    @Test func whatTheServicesThemselvesRunIsNotCountedTwice() async throws {
        let mine = Self.running(
            ours: [Self.task("service:mimir", cpu: "2048"), Self.task("service:loki"), Self.task("family:x")],
            theirs: [Self.task("service:mimir")],
            metric: [5]
        )
        #expect(try await ask(10, mine).facts["used"] == 3)
    }

    @Test func whatECSDoesNotKnowOfCountsByTheMetric() async throws {
        let pods = Self.running(ours: [Self.task("service:mimir", cpu: "2048")], theirs: [], metric: [6.5, 99])
        let found = try await ask(100, pods)
        #expect(found.facts["used"] == 4.5)
        #expect(found.verdict.summary.contains("others use 4.5 (as CloudWatch counts)"))
    }

    @Test func spotHasAQuotaOfItsOwn() async throws {
        let spot = Self.running(
            ours: [],
            theirs: [Self.task("service:a", provider: "FARGATE_SPOT"), Self.task("service:b", cpu: "8192")],
            metric: []
        )
        #expect(try await ask(100, spot).facts["used"] == 8)
    }

    @Test func aQuotaThatNobodyKnowsIsNoRoom() async throws {
        let unknown = ScriptedAWS.Call.json("GetServiceQuota", fails: "NoSuchResourceException")
        let found = try await asking(
            ECSFargateQuotaProbe.self,
            ["cluster": "lgtm", "services": Self.services],
            [unknown]
        )
        #expect(
            found.verdict == .inconclusive("Service Quotas has no value of `L-3032A538` for this account and region")
        )
    }

    @Test func aTaskWithoutASizeIsNotTakenForNothing() async {
        let odd = Self.running(ours: [], theirs: [Self.task("service:a", cpu: .null)], metric: []).dropLast()
        await #expect(throws: Problem.self) { try await ask(100, Array(odd)) }
    }

    @Test(
        arguments: [
            [["tasks": 1, "cpu": 1]], [["name": "a", "cpu": 1]], [["name": "a", "tasks": 1]],
            [["name": "a", "tasks": 1, "cpu": 1, "ceiling": 50]], [],
        ] as [Value]
    ) func whatIsNoServiceIsRefused(services: Value) {
        #expect(throws: ParameterError.self) {
            try ECSFargateQuotaProbe(
                Parameters(["cluster": "c", "services": services], of: ECSFargateQuotaProbe.declaration)
            )
        }
    }
}
