import AWSClient
import MigrateCore
import Testing

@testable import Steps

/// Limits, policies, alarms and weights: set as wanted, and back as found.
@Suite struct ScalingTests {
    private static func target(_ limits: (Int64, Int64)?) -> ScriptedAWS.Call {
        let found: Value =
            limits.map {
                [["ResourceId": "service/c/s", "MinCapacity": .integer($0.0), "MaxCapacity": .integer($0.1)]]
            } ?? []
        return .json("DescribeScalableTargets", returns: ["ScalableTargets": found])
    }

    private static func register(_ fewest: Int64, _ most: Int64) -> ScriptedAWS.Call {
        .json(
            "RegisterScalableTarget",
            [
                "ServiceNamespace": "ecs", "ResourceId": "service/c/s", "ScalableDimension": "ecs:service:DesiredCount",
                "MinCapacity": .integer(fewest), "MaxCapacity": .integer(most),
            ]
        )
    }

    private static let limits: Value = ["cluster": "c", "service": "s", "min": 2, "max": 8]

    @Test func limitsGoBackToWhatTheyWere() async throws {
        let aws = ScriptedAWS([
            Self.target((1, 4)), Self.register(2, 8), Self.target((2, 8)), Self.target((2, 8)), Self.register(1, 4),
            Self.target((1, 4)),
        ])
        let trial = Trial<AutoScalingLimitsAction>(Self.limits, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aServiceThatWasNotScaledIsNotScaledAgain() async throws {
        let aws = ScriptedAWS([
            Self.target(nil), Self.register(2, 8), Self.target((2, 8)), Self.target((2, 8)),
            .json("DeregisterScalableTarget"), Self.target(nil),
        ])
        let trial = Trial<AutoScalingLimitsAction>(Self.limits, aws)
        let images = try #require(try await trial.prepare())
        #expect(try await trial.undo(images, after: trial.make(images)))
        #expect(aws.isOver)
    }

    @Test func aPolicyOfAnotherSortIsLeftAlone() async throws {
        let step: Value = ["ScalingPolicies": [["PolicyName": "cpu", "PolicyType": "StepScaling"]]]
        let aws = ScriptedAWS([.json("DescribeScalingPolicies", returns: step)])
        let given: Value = ["cluster": "c", "service": "s", "name": "cpu", "metric": "cpu", "value": 70]
        await #expect(throws: Refusal.self) { try await Trial<AutoScalingPolicyAction>(given, aws).prepare() }
    }

    private static func alarm(_ threshold: Int64) -> Value {
        [
            "MetricAlarms": [
                [
                    "AlarmName": "a", "StateValue": "OK", "Namespace": "AWS/ECS", "MetricName": "CPUUtilization",
                    "Statistic": "Average", "Period": 300, "EvaluationPeriods": 1, "Threshold": .integer(threshold),
                    "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "missing",
                    "AlarmDescription": "words that the step does not give", "ActionsEnabled": true,
                ]
            ]
        ]
    }

    @Test func anAlarmGoesBackToEverySettingItHad() async throws {
        let given: Value = [
            "name": "a", "namespace": "AWS/ECS", "metric": "CPUUtilization", "comparison": ">", "threshold": 80,
        ]
        let aws = ScriptedAWS([.json("DescribeAlarms", returns: Self.alarm(50)), .json("PutMetricAlarm")])
        let trial = Trial<AlarmAction>(given, aws)
        let images = try #require(try await trial.prepare())
        let kind = try AlarmAction(Parameters(given, of: AlarmAction.declaration))
        _ = try await kind.move(from: images.to, to: images.from, token: "", .scripted(aws))
        #expect(AlarmImage.input("a", images.from).alarmDescription == "words that the step does not give")
        #expect(AlarmImage.input("a", images.from).threshold == 50)
        #expect(AlarmImage.input("a", images.to).alarmDescription == nil)
    }
}
