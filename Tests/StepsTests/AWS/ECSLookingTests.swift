import MigrateCore
import Testing

@testable import Steps

@Suite struct ECSLookingTests {
    static func cluster(_ insights: String) -> ScriptedAWS.Call {
        .json(
            "DescribeClusters",
            ["clusters": ["lgtm"], "include": ["SETTINGS"]],
            returns: [
                "clusters": [
                    [
                        "clusterArn": "arn:lgtm", "clusterName": "lgtm", "status": "ACTIVE",
                        "capacityProviders": ["FARGATE"],
                        "settings": [["name": "containerInsights", "value": .string(insights)]],
                    ]
                ]
            ]
        )
    }

    @Test func aClusterIsJudgedByProvidersAndInsights() async throws {
        let parameters: Value = ["name": "lgtm", "capacity_providers": ["FARGATE"], "container_insights": true]
        #expect(try await asking(ECSClusterProbe.self, parameters, [Self.cluster("enhanced")]).verdict.isPass)
        #expect(
            try await asking(ECSClusterProbe.self, parameters, [Self.cluster("disabled")]).verdict
                == .fail("cluster `lgtm`: Container Insights is disabled")
        )
        let none = ScriptedAWS.Call.json("DescribeClusters", returns: ["clusters": [], "failures": []])
        #expect(try await asking(ECSClusterProbe.self, ["name": "lgtm"], [none]).verdict == .fail("no cluster `lgtm`"))
    }

    @Test func tasksGiveTheirAddresses() async throws {
        let arns: Value = ["arn:t1", "arn:t2"]
        func task(_ arn: Value, _ status: Value, _ address: Value) -> Value {
            [
                "taskArn": arn, "lastStatus": status,
                "attachments": [["details": [["name": "privateIPv4Address", "value": address]]]],
            ]
        }
        let script: [ScriptedAWS.Call] = [
            .json(
                "ListTasks",
                ["cluster": "lgtm", "serviceName": "mimir", "desiredStatus": "RUNNING"],
                returns: ["taskArns": arns]
            ),
            .json(
                "DescribeTasks",
                ["cluster": "lgtm", "tasks": arns],
                returns: [
                    "tasks": [task("arn:t1", "RUNNING", "10.0.0.1"), task("arn:t2", "PENDING", "10.0.0.2")],
                    "failures": [],
                ]
            ),
        ]
        let found = try await asking(
            ECSTasksProbe.self,
            ["cluster": "lgtm", "service": "mimir", "at_least": 2],
            script
        )
        #expect(found.verdict == .fail("1 of 2 tasks of `mimir` are running, wanted 2"))
        #expect(found.facts["addresses"] == ["10.0.0.1"])
    }
}
