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
}
