import AWSClient
import MigrateCore

/// Shares out a listener's traffic among target groups.
struct ListenerWeightsAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "elb.weights",
        role: .action,
        summary: "Shares out the traffic of a load balancer's listener, or of one of its rules, among target groups",
        parameters: [
            .required("load_balancer", .string, "Name or ARN of the load balancer"),
            .optional("port", .integer, default: 443, "Port of the listener"),
            .optional(
                "rule",
                .string,
                example: "10",
                "Priority or ARN of the rule; left out, what the listener does when no rule matches"
            ),
            .required("weights", .mapping, "Weight from 0 to 999 by name or ARN of the target group, not all 0"),
            .optional(
                "stickiness",
                .duration,
                "How long a client stays with a group; left out, as it is; a weight of 0 ends it at once"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "groups, weights and stickiness as found; undoing sets exactly those",
        reconciliation: "by reading the listener's or rule's groups and weights",
        permissions: [
            Permission(
                [
                    "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeListeners",
                    "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTargetGroups",
                ],
                on: "*",
                mutates: false
            ),
            Permission(
                ["elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyRule"],
                on: "*",
                mutates: true
            ),
        ],
        facts: ["arn": "ARN of the listener or rule", "weights": "weights by ARN of the target group"],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyListener.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: tenth
              do: elb.weights
              with: {load_balancer: market, port: 443, weights: {market-blue: 90, market-green: 10}}
              verify:
                - {probe: cloudwatch.alarms_ok, with: {names: [market-5xx]}}
            """
    )

    private let place: ListenerPlace
    private let weights: [String: Int]
    private let stickiness: Int?
    /// Weights by ARN; found out by `prepared`.
    private var weightsByARN: [String: Int] = [:]

    init(_ parameters: Parameters) throws {
        place = ListenerPlace(
            loadBalancer: try parameters.string("load_balancer"),
            port: try parameters.integer("port", in: 1...65_535),
            rule: try parameters.stringIfGiven("rule")
        )
        weights = try parameters.wholeNumbers("weights")
        guard !weights.isEmpty, weights.values.allSatisfy({ (0...999).contains($0) }) else {
            throw ParameterError("weights", "must have a weight from 0 to 999 for each target group")
        }
        guard weights.values.contains(where: { $0 > 0 }) else {
            throw ParameterError("weights", "must not all be 0: nothing would answer")
        }
        stickiness = try parameters.durationIfGiven("stickiness").map { Int($0.inMilliseconds / 1000) }
    }

    func prepared(_ world: World) async throws -> Self {
        var prepared = self
        for (name, weight) in weights {
            let isARN = name.hasPrefix("arn:")
            let found = try await world.look(
                "elasticloadbalancing:DescribeTargetGroups \(name)",
                absentBy: ["TargetGroupNotFound"]
            ) {
                try await world.aws.elasticLoadBalancing.describeTargetGroups(
                    .init(targetGroupArns: isARN ? [name] : nil, names: isARN ? nil : [name])
                )
            }
            guard let arn = found?.targetGroups.first?.targetGroupArn else {
                throw Refusal("no target group `\(name)`")
            }
            prepared.weightsByARN[arn] = weight
        }
        return prepared
    }

    func observe(_ world: World) async throws -> Value {
        let (arn, isRule, actions) = try await place.actions(world)
        guard let action = actions.last, action.type == "forward" else {
            throw Refusal("`\(place.words)` does not forward to target groups")
        }
        guard actions.count == 1 else {
            throw Refusal("`\(place.words)` does more than forward, which this kind cannot restore")
        }
        return Self.image(arn, isRule, action)
    }

    private static func image(_ arn: String, _ isRule: Bool, _ action: ElasticLoadBalancing.Action) -> Value {
        var weights: [String: Value] = [:]
        for group in action.forwardConfig?.targetGroups ?? [] {
            guard let arn = group.targetGroupArn else { continue }
            weights[arn] = .integer(Int64(group.weight ?? 1))
        }
        if weights.isEmpty, let only = action.targetGroupArn { weights[only] = 1 }
        let sticky = action.forwardConfig?.targetGroupStickinessConfig
        let seconds = sticky?.enabled == true ? sticky?.durationSeconds : nil
        return [
            "arn": .string(arn), "rule": .bool(isRule), "weights": .object(weights),
            "stickiness": seconds.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    func wanted(over before: Value) throws -> Value {
        [
            "arn": before["arn"], "rule": before["rule"],
            "weights": .object(weightsByARN.mapValues { .integer(Int64($0)) }),
            "stickiness": stickiness.map { $0 == 0 ? .null : .integer(Int64($0)) } ?? before["stickiness"],
        ]
    }

    func summary(from: Value, to: Value) -> String {
        let shares = (to["weights"].object ?? [:]).sorted { $0.key < $1.key }
            .map { "\(Self.name(of: $0.key)) \($0.value.text)" }
        return "share out `\(place.words)`: \(shares.joined(separator: ", "))"
    }

    /// `blue` of `arn:…:targetgroup/blue/6d0e`.
    private static func name(of arn: String) -> String {
        let parts = arn.split(separator: "/")
        return parts.count == 3 ? String(parts[1]) : arn
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard let arn = to["arn"].string else { throw Refusal("the record of `\(place.words)` has no ARN") }
        var action = ElasticLoadBalancing.Action(type: "forward")
        let seconds = to["stickiness"].integer.map { Int($0) }
        action.forwardConfig = .init(
            targetGroups: (to["weights"].object ?? [:]).sorted { $0.key < $1.key }
                .map { .init(targetGroupArn: $0.key, weight: $0.value.integer.map { Int($0) }) },
            targetGroupStickinessConfig: .init(enabled: seconds != nil, durationSeconds: seconds)
        )
        let actions = [action]
        if to["rule"].bool == true {
            _ = try await world.call("elasticloadbalancing:ModifyRule \(place.words)") {
                try await world.aws.elasticLoadBalancing.modifyRule(.init(ruleArn: arn, actions: actions))
            }
        } else {
            var input = ElasticLoadBalancing.ModifyListenerInput(listenerArn: arn)
            input.defaultActions = actions
            let request = input
            _ = try await world.call("elasticloadbalancing:ModifyListener \(place.words)") {
                try await world.aws.elasticLoadBalancing.modifyListener(request)
            }
        }
        return .null
    }
}
