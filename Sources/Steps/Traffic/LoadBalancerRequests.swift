import AWSClient
import MigrateCore

/// Counts the requests and connections of a load balancer by its metrics.
///
/// Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html,
/// read 2026-11-21: each minute a datapoint, and none for a minute without requests; connections are those of clients
/// and those to targets. Requests are told by target group too, connections are not.
struct LoadBalancerRequests: Sendable {
    /// Its name or ARN.
    let name: String
    /// Name or ARN of the target group whose requests alone count; nil for all.
    var targetGroup: String?

    /// Length of one datapoint.
    private static let period = Duration.seconds(60)

    /// Counts over the whole minutes of the last `window`.
    ///
    /// Throws: `Refusal` when there is no such load balancer or target group; `Problem` when CloudWatch did not give all;
    /// what the tools throw.
    func count(over window: Duration, _ world: World) async throws -> RequestEvidence.Count {
        let results = try await results(for: try await dimensions(world), over: window, world)
        if let partial = results.first(where: { $0.statusCode.map { $0 != "Complete" } ?? false }) {
            throw Problem("CloudWatch did not give all datapoints: \(partial.statusCode ?? "")")
        }
        let requests = results.filter { $0.id == "requests" }.flatMap(\.values).reduce(0, +)
        let connections = results.filter { $0.id == "connections" }.flatMap(\.values).first
        return RequestEvidence.Count(
            requests: Int(requests.rounded()),
            connections: targetGroup == nil ? connections.map { Int($0.rounded()) } ?? 0 : nil
        )
    }

    private func dimensions(_ world: World) async throws -> [CloudWatch.Dimension] {
        guard let balancer = try await ElasticLoadBalancing.LoadBalancer.find(name, world) else {
            throw Refusal("there is no load balancer `\(name)`", hint: "check its name, the region and the account")
        }
        var found = [CloudWatch.Dimension(name: "LoadBalancer", value: try suffix(of: balancer.loadBalancerArn))]
        if let targetGroup {
            guard let group = try await ElasticLoadBalancing.TargetGroup.find(targetGroup, world) else {
                throw Refusal("no target group `\(targetGroup)`", hint: "check its name, the region and the account")
            }
            found.append(.init(name: "TargetGroup", value: try suffix(of: group.targetGroupArn)))
        }
        return found
    }

    /// `app/market/50dc` of `arn:…:loadbalancer/app/market/50dc`, `targetgroup/blue/6d0e` of a target group's ARN.
    private func suffix(of arn: String) throws -> String {
        let last = arn.split(separator: ":", maxSplits: 5).last.map(String.init) ?? ""
        let name = last.hasPrefix("loadbalancer/") ? String(last.dropFirst("loadbalancer/".count)) : last
        guard name.contains("/") else { throw Problem("the ARN `\(arn)` has no name in it") }
        return name
    }

    private func results(
        for dimensions: [CloudWatch.Dimension],
        over window: Duration,
        _ world: World
    ) async throws -> [CloudWatch.MetricDataResult] {
        let connections = targetGroup == nil ? [("connections", "ActiveConnectionCount")] : []
        let queries = ([("requests", "RequestCount")] + connections).map { id, metric in
            var query = CloudWatch.MetricDataQuery(id: id)
            query.metricStat = .init(
                metric: .init(
                    namespace: "AWS/ApplicationELB",
                    metricName: metric,
                    dimensions: dimensions
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
