import AWSClient
import MigrateCore
import Testing

@testable import Steps

@Suite struct LoadBalancerRequestsTests {
    private static let balancer = ScriptedAWS.Call.query(
        "DescribeLoadBalancers",
        returns: "<LoadBalancers><member><LoadBalancerArn>arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/9"
            + "</LoadBalancerArn></member></LoadBalancers>"
    )

    private static func metrics(_ requests: Value, _ connections: Value, status: String = "Complete")
        -> ScriptedAWS.Call
    {
        .json(
            "GetMetricData",
            returns: [
                "MetricDataResults": [
                    ["Id": "requests", "Values": requests, "StatusCode": .string(status)],
                    ["Id": "connections", "Values": connections, "StatusCode": "Complete"],
                ]
            ]
        )
    }

    private func count(_ metrics: ScriptedAWS.Call) async throws -> RequestEvidence.Count {
        let world = World.scripted(ScriptedAWS([Self.balancer, metrics]))
        return try await LoadBalancerRequests(name: "a").count(over: .seconds(240), world)
    }

    @Test func minutesAreAddedUpAndTheNewestCountOfConnectionsStands() async throws {
        #expect(try await count(Self.metrics([40, 60], [3, 9])) == .init(requests: 100, connections: 3))
    }

    @Test func aMinuteWithoutRequestsHasNoDatapoint() async throws {
        #expect(try await count(Self.metrics([], [])) == .init(requests: 0, connections: 0))
    }

    @Test func halfAnAnswerIsNoCount() async {
        await #expect(throws: Problem("CloudWatch did not give all datapoints: PartialData")) {
            try await count(Self.metrics([40], [], status: "PartialData"))
        }
    }

    @Test func ofATargetGroupOnlyWhatTheBalancerSendsItCounts() async throws {
        let group = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/blue/6d0e"
        let groups = ScriptedAWS.Call.query(
            "DescribeTargetGroups",
            ["Names.member.1": "blue"],
            returns: "<TargetGroups><member><TargetGroupArn>\(group)</TargetGroupArn></member></TargetGroups>"
        )
        let dimensions: Value = [
            ["Name": "LoadBalancer", "Value": "app/a/9"], ["Name": "TargetGroup", "Value": "targetgroup/blue/6d0e"],
        ]
        let query: Value = [
            "Id": "requests",
            "MetricStat": [
                "Metric": [
                    "Namespace": "AWS/ApplicationELB", "MetricName": "RequestCount", "Dimensions": dimensions,
                ],
                "Period": 60, "Stat": "Sum",
            ],
        ]
        let metrics = ScriptedAWS.Call.json(
            "GetMetricData",
            [
                "MetricDataQueries": [query], "StartTime": 1_768_262_160, "EndTime": 1_768_262_400,
                "ScanBy": "TimestampDescending",
            ],
            returns: ["MetricDataResults": [["Id": "requests", "Values": [7, 5], "StatusCode": "Complete"]]]
        )
        let world = World.scripted(ScriptedAWS([Self.balancer, groups, metrics]))
        let found = try await LoadBalancerRequests(name: "a", targetGroup: "blue").count(over: .seconds(240), world)
        #expect(found == .init(requests: 12, connections: nil))
    }

    @Test func aGroupIsCountedBehindItsLoadBalancerAlone() throws {
        let both: Value = ["load_balancer": "a", "target_group": "blue"]
        #expect(try RequestEvidence(both, of: "old").source == .loadBalancer("a", targetGroup: "blue"))
        for wrong: Value in [["target_group": "blue"], ["load_balancer": "a", "target_group": "b", "more": 1]] {
            #expect(throws: ParameterError.self) { try RequestEvidence(wrong, of: "old") }
        }
    }
}
