import AWSClient
import MigrateCore

/// A listener of a load balancer, or one of its rules.
struct ListenerPlace: Sendable {
    /// Name or ARN of the load balancer.
    let loadBalancer: String
    /// Port of the listener.
    let port: Int
    /// Priority or ARN of the rule; nil for what the listener does when none matches.
    let rule: String?

    /// Parameters that `init(_:)` reads.
    static let parameters: [ParameterDeclaration] = [
        .required("load_balancer", .string, "Name or ARN of the load balancer"),
        .optional("port", .integer, default: 443, "Port of the listener"),
        .optional(
            "rule",
            .string,
            example: "10",
            "Priority or ARN of the rule; left out, what the listener does when no rule matches"
        ),
    ]

    /// Permissions for looking.
    static let permissions = [
        Permission(
            [
                "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeListeners",
                "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetGroups",
            ],
            on: "*",
            mutates: false
        )
    ]

    /// Reads the parameters.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        loadBalancer = try parameters.string("load_balancer")
        port = try parameters.integer("port", in: 1...65_535)
        rule = try parameters.stringIfGiven("rule")
    }

    /// In words.
    var words: String { "\(loadBalancer):\(port)" + (rule.map { " rule \($0)" } ?? "") }

    /// How it shares its requests out.
    ///
    /// Throws: `Refusal` when there is no such listener or rule, or it does more than forward; as `World.call`.
    func forwarding(_ world: World) async throws -> ListenerForwarding {
        let (arn, actions) = try await actions(world)
        guard let action = actions.last, action.type == "forward" else {
            throw Refusal("`\(words)` does not forward to target groups")
        }
        guard actions.count == 1 else {
            throw Refusal("`\(words)` does more than forward, which cannot be restored")
        }
        return ListenerForwarding(action, of: arn, isRule: rule != nil)
    }

    private func actions(_ world: World) async throws -> (arn: String, actions: [ElasticLoadBalancing.Action]) {
        guard let balancer = try await ElasticLoadBalancing.LoadBalancer.find(loadBalancer, world) else {
            throw Refusal("no load balancer `\(loadBalancer)`", hint: "check its name, the region and the account")
        }
        let listeners = try await world.call("elasticloadbalancing:DescribeListeners \(loadBalancer)") {
            try await world.aws.elasticLoadBalancing.allListeners(.init(loadBalancerArn: balancer.loadBalancerArn))
        }
        guard let listener = listeners.first(where: { $0.port == port }) else {
            throw Refusal("load balancer `\(loadBalancer)` has no listener at port \(port)")
        }
        let arn = listener.listenerArn
        guard let rule else { return (arn, listener.defaultActions) }
        let rules = try await world.call("elasticloadbalancing:DescribeRules \(loadBalancer):\(port)") {
            try await world.aws.elasticLoadBalancing.allRules(.init(listenerArn: arn))
        }
        guard let found = rules.first(where: { $0.ruleArn == rule || $0.priority == rule }), let own = found.ruleArn
        else {
            throw Refusal("listener \(port) of `\(loadBalancer)` has no rule `\(rule)`")
        }
        return (own, found.actions)
    }
}
