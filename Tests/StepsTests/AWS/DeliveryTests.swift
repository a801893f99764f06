import MigrateCore
import Testing

@testable import Steps

/// Kinds that hand work to a service and wait for its end.
@Suite struct DeliveryTests {
    static let mark = Value.string("migrate \(token)")
    static let token = "0123456789abcdef0123456789abcdef"

    private static func deployment(_ status: String, _ more: [String: Value] = [:]) -> ScriptedAWS.Call {
        let info: [String: Value] = ["deploymentId": "d-1", "status": .string(status)]
        return .json(
            "GetDeployment",
            ["deploymentId": "d-1"],
            returns: ["deploymentInfo": .object(info.merging(more) { $1 })]
        )
    }

    private static let deploy: Value = ["application": "market", "group": "order", "app_spec": "version: 0.0"]

    @Test func aDeploymentIsMadeWaitedForAndStopped() async throws {
        let aws = ScriptedAWS([
            .json("CreateDeployment", returns: ["deploymentId": "d-1"]), Self.deployment("InProgress"),
            Self.deployment("Succeeded"),
        ])
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        let world = World.scripted(aws)
        let receipt = try await kind.move(from: .null, to: ["status": "Succeeded"], token: Self.token, world)
        guard case .pending = try await kind.settlement(of: ["status": "Succeeded"], receipt: receipt, world) else {
            Issue.record("not pending")
            return
        }
        guard
            case .settled(let after, _) = try await kind.settlement(
                of: ["status": "Succeeded"],
                receipt: receipt,
                world
            )
        else {
            Issue.record("not settled")
            return
        }
        #expect(after == ["deployment": "d-1", "status": "Succeeded"])
        #expect(aws.isOver)
    }

    @Test func aDeploymentThatSucceededGoesBackByDeployingWhatWasThereBefore() async throws {
        let before: Value = [
            "revisionType": "S3", "s3Location": ["bucket": "b", "key": "old.yaml", "bundleType": "YAML"],
        ]
        let aws = ScriptedAWS([
            .json("ListDeployments", returns: ["deployments": ["d-0"]]),
            Self.deployment("Succeeded"), .json("ListDeployments", returns: ["deployments": ["d-1", "d-0"]]),
            .json(
                "GetDeployment",
                ["deploymentId": "d-0"],
                returns: ["deploymentInfo": ["deploymentId": "d-0", "status": "Succeeded", "revision": before]]
            ),
            .json(
                "CreateDeployment",
                [
                    "applicationName": "market", "deploymentGroupName": "order", "revision": before,
                    "description": Self.mark,
                    "autoRollbackConfiguration": [
                        "enabled": true,
                        "events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
                    ],
                ],
                returns: ["deploymentId": "d-2"]
            ),
        ])
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        let world = World.scripted(aws)
        let image = try await kind.observe(world)
        #expect(image == ["previous": "d-0"])
        #expect(try !kind.isSatisfied(by: image))
        let found = try await kind.observe(world, believing: [["deployment": "d-1", "status": "Succeeded"]])
        #expect(found == ["deployment": "d-1", "status": "Succeeded"])
        let receipt = try await kind.move(from: found, to: image, token: Self.token, world)
        #expect(receipt == ["deployment": "d-2"])
        #expect(aws.isOver)
    }

    @Test func aDeploymentThatNothingSucceededBeforeCannotGoBackAndSaysSo() async throws {
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        await #expect(throws: Refusal.self) {
            try await kind.move(
                from: ["deployment": "d-1", "status": "Succeeded"],
                to: .null,
                token: Self.token,
                .scripted(ScriptedAWS([]))
            )
        }
    }

    @Test func whatAnotherDeploymentCameAfterIsGone() async throws {
        let aws = ScriptedAWS([
            Self.deployment("Succeeded"), .json("ListDeployments", returns: ["deployments": ["d-2", "d-1"]]),
        ])
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        let image: Value = ["deployment": "d-1", "status": "Succeeded"]
        let found = try await kind.observe(.scripted(aws), believing: [image])
        #expect(!kind.matches(found, image))
        #expect(kind.matches(found, ["previous": "d-0"]) && kind.matches(found, .null))
    }

    @Test func aFailedDeploymentNamesItsCause() async throws {
        let error: Value = ["code": "ALARM_ACTIVE", "message": "alarm market-5xx"]
        let aws = ScriptedAWS([Self.deployment("Stopped", ["errorInformation": error])])
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        let state = try await kind.settlement(
            of: ["status": "Succeeded"],
            receipt: ["deployment": "d-1"],
            .scripted(aws)
        )
        guard case .failed(let problem) = state else {
            Issue.record("not failed")
            return
        }
        #expect(problem.message.contains("ALARM_ACTIVE") && problem.hint?.contains("alarms") == true)
    }

    @Test(arguments: [true, false]) func aLostAnswerIsFoundByItsMark(isOurs: Bool) async throws {
        let description = isOurs ? Self.mark : "somebody else's"
        let aws = ScriptedAWS([
            .json("ListDeployments", returns: ["deployments": ["d-1"]]),
            Self.deployment("InProgress", ["description": description]),
        ])
        let kind = try CodeDeployAction(Parameters(Self.deploy, of: CodeDeployAction.declaration))
        let world = World.scripted(aws).recordingAnew(for: "step \(Self.token)")
        let found = try await kind.reconciliation(from: .null, to: ["status": "Succeeded"], world)
        #expect(found == (isOurs ? .applied(receipt: ["deployment": "d-1"]) : .notApplied))
    }

    @Test func aTaskEndsWellOnlyWhenItsContainersDo() async throws {
        func ended(_ code: Int64) -> ScriptedAWS.Call {
            .json(
                "DescribeTasks",
                returns: [
                    "tasks": [
                        [
                            "taskArn": "arn:t/1", "lastStatus": "STOPPED",
                            "containers": [["name": "app", "exitCode": .integer(code)]],
                        ]
                    ]
                ]
            )
        }
        let given: Value = ["cluster": "c", "task_definition": "d:1", "subnets": ["subnet-1"]]
        let kind = try ECSRunTaskAction(Parameters(given, of: ECSRunTaskAction.declaration))
        let wanted = try kind.wanted(over: .null)
        let good = try await kind.settlement(
            of: wanted,
            receipt: ["task": "arn:t/1"],
            .scripted(ScriptedAWS([ended(0)]))
        )
        guard case .settled(_, let facts) = good else {
            Issue.record("not settled")
            return
        }
        #expect(facts["exit_codes"] == ["app": 0])
        // What was written cannot be read here, and the cause stands all the same.
        let unread = ScriptedAWS.Call.json("DescribeTaskDefinition", fails: "AccessDeniedException")
        let bad = try await kind.settlement(
            of: wanted,
            receipt: ["task": "arn:t/1"],
            .scripted(ScriptedAWS([ended(3), unread]))
        )
        guard case .failed(let problem) = bad else {
            Issue.record("not failed")
            return
        }
        #expect(problem.message.contains("exited with code 3"))
    }

    @Test func aTaskIsStartedOnceWithItsToken() async throws {
        let aws = ScriptedAWS([
            .json(
                "RunTask",
                [
                    "taskDefinition": "d:1", "cluster": "c", "count": 1, "launchType": "FARGATE",
                    "startedBy": "migrate", "clientToken": .string(Self.token),
                    "overrides": ["containerOverrides": [["name": "app", "command": ["up"]]]],
                ],
                returns: ["tasks": [["taskArn": "arn:t/1"]]]
            )
        ])
        let given: Value = ["cluster": "c", "task_definition": "d:1", "container": "app", "command": ["up"]]
        let kind = try ECSRunTaskAction(Parameters(given, of: ECSRunTaskAction.declaration))
        let receipt = try await kind.move(from: .null, to: kind.wanted(over: .null), token: Self.token, .scripted(aws))
        #expect(receipt == ["task": "arn:t/1"])
    }

    @Test func aPipelineThatFailsNamesStageAndAction() async throws {
        let stages: Value = [
            "stageStates": [
                [
                    "stageName": "Build",
                    "actionStates": [
                        [
                            "actionName": "image",
                            "latestExecution": ["status": "Failed", "errorDetails": ["message": "exit 1"]],
                        ]
                    ],
                ]
            ]
        ]
        let found = try await asking(
            CodePipelineProbe.self,
            ["pipeline": "p"],
            [.json("GetPipelineState", ["name": "p"], returns: stages)]
        )
        #expect(found.verdict == .fail("stage `Build`, action `image`: exit 1"))
        #expect(found.isFinal)
    }

    @Test func stagesOfTwoExecutionsAreNotOneRelease() async throws {
        func stage(_ name: String, _ run: String) -> Value {
            [
                "stageName": .string(name),
                "latestExecution": ["status": "Succeeded", "pipelineExecutionId": .string(run)],
            ]
        }
        func states(_ first: String, _ second: String) -> ScriptedAWS.Call {
            .json("GetPipelineState", returns: ["stageStates": [stage("Source", first), stage("Deploy", second)]])
        }
        #expect(try await asking(CodePipelineProbe.self, ["pipeline": "p"], [states("1", "1")]).verdict.isPass)
        #expect(try await asking(CodePipelineProbe.self, ["pipeline": "p"], [states("2", "1")]).verdict.word == "fail")
    }

    @Test func aCommandThatFailsTellsWhatItSaid() async throws {
        let aws = ScriptedAWS([
            .json(
                "ListCommands",
                returns: ["Commands": [["CommandId": "c", "Status": "Failed", "StatusDetails": "Failed"]]]
            ),
            .json(
                "ListCommandInvocations",
                returns: [
                    "CommandInvocations": [
                        [
                            "InstanceId": "i-1", "Status": "Failed",
                            "CommandPlugins": [["ResponseCode": 5, "Output": "unit not found\n"]],
                        ]
                    ]
                ]
            ),
        ])
        let given: Value = ["instances": ["i-1"], "commands": ["false"]]
        let kind = try SendCommandAction(Parameters(given, of: SendCommandAction.declaration))
        let state = try await kind.settlement(of: kind.wanted(over: .null), receipt: ["command": "c"], .scripted(aws))
        guard case .failed(let problem) = state else {
            Issue.record("not failed")
            return
        }
        #expect(problem.message == "command c is Failed; on i-1 Failed, exit status 5: unit not found")
    }

    @Test func aBackupIsWaitedFor() async throws {
        let done: Value = ["State": "COMPLETED", "RecoveryPointArn": "arn:rp", "BackupSizeInBytes": 7]
        let aws = ScriptedAWS([
            .rest("PUT /backup-jobs", returns: #"{"BackupJobId":"j"}"#),
            .rest("GET /backup-jobs/j", returns: #"{"State":"RUNNING","PercentDone":"40.0"}"#),
            .rest("GET /backup-jobs/j", returns: done.text),
        ])
        let given: Value = ["file_system": "arn:fs", "vault": "Default", "role": "arn:role", "keep": "35d"]
        let kind = try EFSBackupAction(Parameters(given, of: EFSBackupAction.declaration))
        let world = World.scripted(aws)
        let wanted = try kind.wanted(over: .null)
        let receipt = try await kind.move(from: .null, to: wanted, token: Self.token, world)
        guard case .pending(let words) = try await kind.settlement(of: wanted, receipt: receipt, world) else {
            Issue.record("not pending")
            return
        }
        #expect(words == "backup job j is RUNNING, 40.0 %")
        guard case .settled(_, let facts) = try await kind.settlement(of: wanted, receipt: receipt, world) else {
            Issue.record("not settled")
            return
        }
        #expect(facts["recovery_point"] == "arn:rp")
    }
}
