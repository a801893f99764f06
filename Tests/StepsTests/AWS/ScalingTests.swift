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

    private static func listener(_ blue: Int, _ green: Int) -> ScriptedAWS.Call {
        func group(_ name: String, _ weight: Int) -> String {
            "<member><TargetGroupArn>arn:\(name)</TargetGroupArn><Weight>\(weight)</Weight></member>"
        }
        return .query(
            "DescribeListeners",
            returns: "<Listeners><member><ListenerArn>arn:l</ListenerArn><Port>443</Port><DefaultActions><member>"
                + "<Type>forward</Type><ForwardConfig><TargetGroups>\(group("blue", blue))\(group("green", green))"
                + "</TargetGroups></ForwardConfig></member></DefaultActions></member></Listeners>"
        )
    }

    private static let balancer = ScriptedAWS.Call.query(
        "DescribeLoadBalancers",
        returns: "<LoadBalancers><member><LoadBalancerArn>arn:alb</LoadBalancerArn></member></LoadBalancers>"
    )

    private static func group(_ name: String) -> ScriptedAWS.Call {
        .query(
            "DescribeTargetGroups",
            returns: "<TargetGroups><member><TargetGroupArn>arn:\(name)</TargetGroupArn></member></TargetGroups>"
        )
    }

    @Test func sharesAreSetInOneCallAndBackInOne() async throws {
        let aws = ScriptedAWS([
            Self.group("green"), Self.balancer, Self.listener(100, 0),
            .query(
                "ModifyListener",
                [
                    "ListenerArn": "arn:l", "DefaultActions.member.1.Type": "forward",
                    "DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.TargetGroupArn": "arn:green",
                    "DefaultActions.member.1.ForwardConfig.TargetGroups.member.1.Weight": "10",
                    "DefaultActions.member.1.ForwardConfig.TargetGroupStickinessConfig.Enabled": "false",
                ]
            ),
        ])
        let given: Value = ["load_balancer": "m", "weights": ["green": 10]]
        let kind = try await ListenerWeightsAction(Parameters(given, of: ListenerWeightsAction.declaration))
            .prepared(.scripted(aws))
        let world = World.scripted(aws)
        let before = try await kind.observe(world)
        #expect(before["weights"] == ["arn:blue": 100, "arn:green": 0])
        _ = try await kind.move(from: before, to: kind.wanted(over: before), token: "", world)
        #expect(aws.isOver)
    }

    @Test func nobodyToAnswerIsRefused() {
        let given: Value = ["load_balancer": "m", "weights": ["a": 0, "b": 0]]
        #expect(throws: ParameterError.self) {
            try ListenerWeightsAction(Parameters(given, of: ListenerWeightsAction.declaration))
        }
    }
}
