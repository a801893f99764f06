import AWSClient
import MigrateCore

/// A listener of a load balancer, or one of its rules.
struct ListenerPlace: Sendable {
    /// Name or ARN of the load balancer.
    var loadBalancer: String
    /// Port of the listener.
    var port: Int
    /// Priority or ARN of the rule; nil for what the listener does when none matches.
    var rule: String?

    /// In words.
    var words: String { "\(loadBalancer):\(port)" + (rule.map { " rule \($0)" } ?? "") }

    /// ARN of it, whether it is a rule, and what is done with its requests.
    ///
    /// Throws: `Refusal` when there is no such listener or rule; as `World.call`.
    func actions(_ world: World) async throws -> (arn: String, isRule: Bool, actions: [ElasticLoadBalancing.Action]) {
        guard let balancer = try await ElasticLoadBalancing.LoadBalancer.find(loadBalancer, world) else {
            throw Refusal("no load balancer `\(loadBalancer)`")
        }
        let listeners = try await world.call("elasticloadbalancing:DescribeListeners \(loadBalancer)") {
            try await world.aws.elasticLoadBalancing.allListeners(.init(loadBalancerArn: balancer.loadBalancerArn))
        }
        guard let listener = listeners.first(where: { $0.port == port }) else {
            throw Refusal("load balancer `\(loadBalancer)` has no listener at port \(port)")
        }
        let arn = listener.listenerArn
        guard let rule else { return (arn, false, listener.defaultActions) }
        let rules = try await world.call("elasticloadbalancing:DescribeRules \(loadBalancer):\(port)") {
            try await world.aws.elasticLoadBalancing.allRules(.init(listenerArn: arn))
        }
        guard let found = rules.first(where: { $0.ruleArn == rule || $0.priority == rule }), let own = found.ruleArn
        else {
            throw Refusal("listener \(port) of `\(loadBalancer)` has no rule `\(rule)`")
        }
        return (own, true, found.actions)
    }
}
