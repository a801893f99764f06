import AWSClient
import MigrateCore

/// Counts the requests and connections of a load balancer by its metrics.
///
/// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
/// read 2026-11-21: each minute a datapoint, and none for a minute without requests; connections are those of clients
/// and those to targets.
struct LoadBalancerRequests: Sendable {
    /// Its name.
    let name: String

    /// Length of one datapoint.
    private static let period = Duration.seconds(60)

    /// Counts over the whole minutes of the last `window`.
    ///
    /// Throws: `Refusal` when there is no such load balancer; `Problem` when CloudWatch did not give all; what the tools
    /// throw.
    func count(over window: Duration, _ world: World) async throws -> RequestEvidence.Count {
        let balancer = try await RecordTarget.loadBalancer(name, world)
        guard let dimension = balancer.loadBalancerArn.firstRange(of: ":loadbalancer/") else {
            throw Problem("the ARN of load balancer `\(name)` has no name in it: `\(balancer.loadBalancerArn)`")
        }
        let suffix = String(balancer.loadBalancerArn[dimension.upperBound...])
        let results = try await results(for: suffix, over: window, world)
        if let partial = results.first(where: { $0.statusCode.map { $0 != "Complete" } ?? false }) {
            throw Problem("CloudWatch did not give all datapoints: \(partial.statusCode ?? "")")
        }
        let requests = results.filter { $0.id == "requests" }.flatMap(\.values).reduce(0, +)
        let connections = results.filter { $0.id == "connections" }.flatMap(\.values).first
        return RequestEvidence.Count(
            requests: Int(requests.rounded()),
            connections: connections.map { Int($0.rounded()) } ?? 0
        )
    }

    private func results(
        for suffix: String,
        over window: Duration,
        _ world: World
    ) async throws -> [CloudWatch.MetricDataResult] {
        let queries = [("requests", "RequestCount"), ("connections", "ActiveConnectionCount")].map { id, metric in
            var query = CloudWatch.MetricDataQuery(id: id)
            query.metricStat = .init(
                metric: .init(
                    namespace: "AWS/ApplicationELB",
                    metricName: metric,
                    dimensions: [.init(name: "LoadBalancer", value: suffix)]
                ),
                period: Int(Self.period.components.seconds),
                stat: "Sum"
            )
            return query
        }
        let end = world.now().milliseconds
        // Why whole minutes: CloudWatch would round down and take in requests from before the window.
        let minute = max(1, (Self.period / world.timeScale).inMilliseconds)
        let begin = (end - (window / world.timeScale).inMilliseconds + minute - 1) / minute * minute
        var input = CloudWatch.GetMetricDataInput(
            metricDataQueries: queries,
            startTime: AWSTimestamp(seconds: Double(min(begin, end)) / 1000),
            endTime: AWSTimestamp(seconds: Double(end) / 1000)
        )
        input.scanBy = "TimestampDescending"
        let request = input
        return try await world.call("cloudwatch:GetMetricData requests of \(name)") {
            try await world.aws.cloudWatch.allMetricDataResults(request)
        }
    }
}
