import MigrateCore
import Testing

@testable import Steps

extension ECSServiceTests {
    static func stopped(_ tasks: Value...) -> [ScriptedAWS.Call] {
        [
            .json(
                "ListTasks",
                ["cluster": .string(cluster), "serviceName": "mimir", "desiredStatus": "STOPPED"],
                returns: ["taskArns": .array(tasks.map { $0["taskArn"] })]
            ),
            .json("DescribeTasks", returns: ["tasks": .array(tasks), "failures": []]),
        ]
    }

    static func task(_ number: Int, reason: String, container: Value) -> Value {
        [
            "taskArn": .string("arn:aws:ecs:eu-west-1:1:task/lgtm/t\(number)"),
            "taskDefinitionArn": .string(revision(2)), "stoppedReason": .string(reason), "containers": [container],
        ]
    }

    static let starting = found(
        service(2, desired: 3, running: 1, deployments: [deployment(2, state: "IN_PROGRESS")])
    )
    static let target: Value = ["task_definition": .string(revision(2)), "desired_count": 3]

    @Test func aRollOutUnderWayIsPending() async throws {
        let aws = ScriptedAWS([
            Self.starting,
            .json(
                "ListTasks",
                ["cluster": .string(Self.cluster), "serviceName": "mimir", "desiredStatus": "STOPPED"],
                returns: ["taskArns": []]
            ),
        ])
        let settlement = try await Trial<ECSServiceAction>(Self.parameters, aws).settlement(of: Self.target)
        #expect(settlement.text == "pending 1 of 3 tasks running, roll-out IN_PROGRESS")
    }

    @Test func tasksThatFailedBeforeTheRevisionWasDeployedAnewDoNotCount() async throws {
        func at(_ seconds: Int64, _ value: Value) -> Value {
            .object((value.object ?? [:]).merging(["createdAt": .integer(seconds)]) { $1 })
        }
        let deployment = at(100, Self.deployment(2, state: "IN_PROGRESS"))
        let died = { at(99, Self.task($0, reason: "", container: ["name": "mimir", "exitCode": 1])) }
        let service = Self.service(2, desired: 3, running: 1, deployments: [deployment])
        let aws = ScriptedAWS([Self.found(service)] + Self.stopped(died(1), died(2), died(3)))
        let settlement = try await Trial<ECSServiceAction>(Self.parameters, aws).settlement(of: Self.target)
        #expect(settlement.text == "pending 1 of 3 tasks running, roll-out IN_PROGRESS")
    }

    @Test func aRollOutFailsAfterAsManyFailedTasksAsAllowedAndSaysWhy() async throws {
        let died = {
            Self.task($0, reason: "Essential container in task exited", container: ["name": "mimir", "exitCode": 1])
        }
        let two = ScriptedAWS([Self.starting] + Self.stopped(died(1), died(2)))
        let pending = try await Trial<ECSServiceAction>(Self.parameters, two).settlement(of: Self.target)
        #expect(pending.text.hasPrefix("pending 1 of 3 tasks running, roll-out IN_PROGRESS: container `mimir`"))
        let log: Value = [
            "logDriver": "awslogs", "options": ["awslogs-group": "/ecs/mimir", "awslogs-stream-prefix": "ecs"],
        ]
        let definition: Value = [
            "taskDefinitionArn": .string(Self.revision(2)), "family": "mimir", "revision": 2,
            "containerDefinitions": [["name": "mimir", "logConfiguration": log]],
        ]
        let words: [ScriptedAWS.Call] = [
            .json("DescribeTaskDefinition", returns: ["taskDefinition": definition]),
            .json(
                "GetLogEvents",
                [
                    "logGroupName": "/ecs/mimir", "logStreamName": "ecs/mimir/t1", "limit": 5, "startFromHead": false,
                ],
                returns: ["events": [["message": "starting"], ["message": "panic: no config"]]]
            ),
        ]
        let three = ScriptedAWS([Self.starting] + Self.stopped(died(1), died(2), died(3)) + words)
        let failed = try await Trial<ECSServiceAction>(Self.parameters, three).settlement(of: Self.target)
        #expect(
            failed.text == "failed container `mimir` of `mimir` exited with code 1 (task t1); "
                + "its log ends: `starting` `panic: no config`"
        )
    }

    @Test func aContainersOwnHealthCheckIsTold() async throws {
        let died = {
            Self.task(
                $0,
                reason: "Task failed container health checks",
                container: ["name": "mimir", "exitCode": 143]
            )
        }
        let check: Value = ["command": ["CMD-SHELL", "wget -q -O - http://127.0.0.1:8080/ready"]]
        let definition: Value = [
            "taskDefinitionArn": .string(Self.revision(2)), "family": "mimir", "revision": 2,
            "containerDefinitions": [["name": "mimir", "healthCheck": check], ["name": "log-router"]],
        ]
        let words: [ScriptedAWS.Call] = [.json("DescribeTaskDefinition", returns: ["taskDefinition": definition])]
        let aws = ScriptedAWS([Self.starting] + Self.stopped(died(1), died(2), died(3)) + words)
        let failed = try await Trial<ECSServiceAction>(Self.parameters, aws).settlement(of: Self.target)
        #expect(
            failed.text == "failed tasks of `mimir` fail the container's own health check: "
                + "Task failed container health checks (task t1); "
                + "`mimir` is checked by `wget -q -O - http://127.0.0.1:8080/ready`"
        )
    }

    @Test func aRollOutThatECSTookBackHasFailed() async throws {
        let back = Self.found(
            Self.service(
                1,
                desired: 3,
                running: 3,
                deployments: [Self.deployment(1), Self.deployment(2, status: "ACTIVE", state: "FAILED", failed: 5)]
            )
        )
        let pull = Self.task(
            1,
            reason: "Task failed to start",
            container: [
                "name": "mimir", "image": "r/mimir:9", "reason": "CannotPullContainerError: r/mimir:9: not found",
            ]
        )
        let aws = ScriptedAWS([back] + Self.stopped(pull))
        let failed = try await Trial<ECSServiceAction>(Self.parameters, aws).settlement(of: Self.target)
        #expect(
            failed.text
                == "failed image `r/mimir:9` cannot be pulled: CannotPullContainerError: r/mimir:9: not found (task t1)"
        )
    }
}
