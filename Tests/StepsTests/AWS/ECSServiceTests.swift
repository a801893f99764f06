import MigrateCore
import Testing

@testable import Steps

@Suite struct ECSServiceTests {
    static let cluster = "arn:aws:ecs:eu-west-1:1:cluster/lgtm"
    static func revision(_ number: Int) -> String { "arn:aws:ecs:eu-west-1:1:task-definition/mimir:\(number)" }
    static let describes: Value = ["cluster": "lgtm", "services": ["mimir"]]

    static func deployment(
        _ number: Int,
        status: String = "PRIMARY",
        state: String = "COMPLETED",
        failed: Int = 0
    ) -> Value {
        [
            "status": .string(status), "taskDefinition": .string(revision(number)), "rolloutState": .string(state),
            "failedTasks": .integer(Int64(failed)), "rolloutStateReason": "tasks failed to start",
        ]
    }

    static func service(
        _ number: Int,
        desired: Int,
        running: Int? = nil,
        deployments: [Value]? = nil,
        status: String = "ACTIVE"
    ) -> Value {
        [
            "serviceArn": "arn:aws:ecs:eu-west-1:1:service/lgtm/mimir", "serviceName": "mimir",
            "clusterArn": .string(cluster), "status": .string(status), "desiredCount": .integer(Int64(desired)),
            "runningCount": .integer(Int64(running ?? desired)), "pendingCount": 0, "launchType": "FARGATE",
            "taskDefinition": .string(revision(number)),
            "deploymentConfiguration": ["maximumPercent": 200, "minimumHealthyPercent": 100],
            "deployments": .array(deployments ?? [deployment(number)]),
        ]
    }

    static func found(_ services: Value...) -> ScriptedAWS.Call {
        .json("DescribeServices", describes, returns: ["services": .array(services), "failures": []])
    }

    static let parameters: Value = [
        "cluster": "lgtm", "name": "mimir", "task_definition": .string(revision(2)), "desired_count": 3,
        "minimum_healthy_percent": 66, "maximum_percent": 100,
    ]

    @Test func aServiceIsLedToARevisionAndBackToWhatItWas() async throws {
        func after(_ number: Int, desired: Int, low: Int64, high: Int64) -> ScriptedAWS.Call {
            var members = Self.service(number, desired: desired).object ?? [:]
            members["deploymentConfiguration"] = [
                "maximumPercent": .integer(high), "minimumHealthyPercent": .integer(low),
            ]
            return Self.found(.object(members))
        }
        func update(_ number: Int, desired: Int64, low: Int64, high: Int64) -> ScriptedAWS.Call {
            .json(
                "UpdateService",
                [
                    "cluster": "lgtm", "service": "mimir", "taskDefinition": .string(Self.revision(number)),
                    "desiredCount": .integer(desired),
                    "deploymentConfiguration": [
                        "maximumPercent": .integer(high), "minimumHealthyPercent": .integer(low),
                        "deploymentCircuitBreaker": ["enable": false, "rollback": false],
                    ],
                ],
                returns: ["service": Self.service(number, desired: Int(desired))]
            )
        }
        let aws = ScriptedAWS([
            after(1, desired: 0, low: 100, high: 200), update(2, desired: 3, low: 66, high: 100),
            after(2, desired: 3, low: 66, high: 100), after(2, desired: 3, low: 66, high: 100),
            update(1, desired: 0, low: 100, high: 200), after(1, desired: 0, low: 100, high: 200),
        ])
        let trial = Trial<ECSServiceAction>(Self.parameters, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aServiceThatIsNotThereIsMadeWithTheTokenAndDeletedByForce() async throws {
        let gone = Self.found(Self.service(2, desired: 0, status: "INACTIVE"))
        let parameters: Value = [
            "cluster": "lgtm", "name": "mimir", "task_definition": .string(Self.revision(2)), "desired_count": 1,
            "subnets": ["subnet-b", "subnet-a"], "security_groups": ["sg-1"],
            "registries": [["arn": "arn:aws:servicediscovery:eu-west-1:1:service/srv-1"]],
        ]
        var made = Self.service(2, desired: 1).object ?? [:]
        made["networkConfiguration"] = [
            "awsvpcConfiguration": [
                "subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"], "assignPublicIp": "DISABLED",
            ]
        ]
        made["serviceRegistries"] = [["registryArn": "arn:aws:servicediscovery:eu-west-1:1:service/srv-1"]]
        let aws = ScriptedAWS([
            gone,
            .json(
                "CreateService",
                [
                    "cluster": "lgtm", "serviceName": "mimir", "clientToken": "0123456789abcdef0123456789abcdef",
                    "taskDefinition": .string(Self.revision(2)), "desiredCount": 1, "launchType": "FARGATE",
                    "networkConfiguration": [
                        "awsvpcConfiguration": [
                            "subnets": ["subnet-a", "subnet-b"], "securityGroups": ["sg-1"],
                            "assignPublicIp": "DISABLED",
                        ]
                    ],
                    "serviceRegistries": [["registryArn": "arn:aws:servicediscovery:eu-west-1:1:service/srv-1"]],
                ],
                returns: ["service": .object(made)]
            ),
            Self.found(.object(made)), Self.found(.object(made)),
            .json("DeleteService", ["cluster": "lgtm", "service": "mimir", "force": true]), gone,
        ])
        let trial = Trial<ECSServiceAction>(parameters, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aServiceAsWantedIsSatisfiedUnlessItsRollOutFailed() async throws {
        let parameters: Value = [
            "cluster": "lgtm", "name": "mimir", "task_definition": .string(Self.revision(2)), "desired_count": 3,
        ]
        let good = ScriptedAWS([Self.found(Self.service(2, desired: 3))])
        #expect(try await Trial<ECSServiceAction>(parameters, good).prepare() == nil)
        let failed = Self.found(
            Self.service(2, desired: 3, running: 0, deployments: [Self.deployment(2, state: "FAILED")])
        )
        let update = ScriptedAWS.Call.json(
            "UpdateService",
            ["cluster": "lgtm", "service": "mimir", "desiredCount": 3, "forceNewDeployment": true],
            returns: ["service": Self.service(2, desired: 3)]
        )
        let aws = ScriptedAWS([failed, update, Self.found(Self.service(2, desired: 3))])
        let trial = Trial<ECSServiceAction>(parameters, aws)
        let images = try #require(try await trial.prepare())
        _ = try await trial.make(images)
        #expect(aws.isOver)
    }

    @Test func aRollOutUnderWayIsSeenThroughAndNotTakenForDone() async throws {
        let parameters: Value = [
            "cluster": "lgtm", "name": "mimir", "task_definition": .string(Self.revision(2)), "desired_count": 3,
        ]
        let update = ScriptedAWS.Call.json(
            "UpdateService",
            ["cluster": "lgtm", "service": "mimir", "desiredCount": 3],
            returns: ["service": Self.service(2, desired: 3)]
        )
        let aws = ScriptedAWS([Self.starting, update, Self.found(Self.service(2, desired: 3))])
        let trial = Trial<ECSServiceAction>(parameters, aws)
        let images = try #require(try await trial.prepare())
        _ = try await trial.make(images)
        #expect(aws.isOver)
    }

    @Test func aDrainingServiceAndAnotherLaunchTypeAreRefused() async throws {
        let draining = ScriptedAWS([Self.found(Self.service(2, desired: 0, status: "DRAINING"))])
        await #expect(throws: Refusal.self) { try await Trial<ECSServiceAction>(Self.parameters, draining).prepare() }
        let aws = ScriptedAWS([Self.found(Self.service(1, desired: 0))])
        let parameters = Value.object((Self.parameters.object ?? [:]).merging(["launch_type": "EC2"]) { $1 })
        await #expect(throws: Refusal.self) { try await Trial<ECSServiceAction>(parameters, aws).prepare() }
    }

    @Test func theProbeWantsOneFinishedDeployment() async throws {
        let parameters: Value = ["cluster": "lgtm", "name": "mimir", "desired_count": 3]
        let stable = try await asking(ECSServiceProbe.self, parameters, [Self.found(Self.service(2, desired: 3))])
        #expect(stable.verdict == .pass("service `mimir`: 3 of 3 tasks running, roll-out COMPLETED"))
        let missing = try await asking(ECSServiceProbe.self, parameters, [Self.found()])
        #expect(missing.verdict.word == "fail")
        let none = try await asking(
            ECSServiceProbe.self,
            ["cluster": "lgtm", "name": "mimir"],
            [Self.found(Self.service(2, desired: 0))]
        )
        #expect(none.verdict.word == "fail")
    }
}

extension KindSettlement {
    /// State and words.
    var text: String {
        switch self {
        case .settled: "settled"
        case .pending(let progress): "pending \(progress)"
        case .failed(let problem): "failed \(problem.message)"
        case .conflict(let found): "conflict \(found.text)"
        }
    }
}
