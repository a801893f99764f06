import AWSClient
import MigrateCore

/// Sets attributes of a load balancer.
struct LoadBalancerAttributesAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "elb.attributes",
        role: .action,
        summary: "Sets attributes of a load balancer, such as how long it keeps idle client connections",
        parameters: [
            .required("load_balancer", .string, "Name or ARN of the load balancer"),
            .required(
                "attributes",
                .mapping,
                "Attributes by AWS's name, such as `{client_keep_alive.seconds: 60}`; others are not touched"
            ),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "the named attributes as found; undoing sets them back",
        permissions: [
            Permission(
                ["elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeLoadBalancerAttributes"],
                on: "*",
                mutates: false
            ),
            Permission(
                ["elasticloadbalancing:ModifyLoadBalancerAttributes"],
                on: "arn:aws:elasticloadbalancing:*:*:loadbalancer/*/${load_balancer}/*",
                mutates: true
            ),
        ],
        facts: ["arn": "ARN of the load balancer", "attributes": "attributes that the step names"],
        source:
            "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: short-connections
              do: elb.attributes
              with: {load_balancer: lgtm, attributes: {client_keep_alive.seconds: 60}}
            """
    )

    private let loadBalancer: String
    private let attributes: [String: String]

    init(_ parameters: Parameters) throws {
        loadBalancer = try parameters.string("load_balancer")
        attributes = try parameters.textMapping("attributes")
        guard !attributes.isEmpty else { throw ParameterError("attributes", "must name at least one attribute") }
    }

    private func arn(_ world: World) async throws -> String {
        if loadBalancer.hasPrefix("arn:") { return loadBalancer }
        guard let found = try await ElasticLoadBalancing.LoadBalancer.find(loadBalancer, world) else {
            throw Refusal("no load balancer `\(loadBalancer)`")
        }
        return found.loadBalancerArn
    }

    func observe(_ world: World) async throws -> Value {
        let arn = try await arn(world)
        let found = try await world.call("elasticloadbalancing:DescribeLoadBalancerAttributes \(loadBalancer)") {
            try await world.aws.elasticLoadBalancing.describeLoadBalancerAttributes(.init(loadBalancerArn: arn))
        }
        var named: [String: Value] = [:]
        for attribute in found.attributes {
            guard let key = attribute.key, attributes[key] != nil else { continue }
            named[key] = .string(attribute.value ?? "")
        }
        let unknown = attributes.keys.filter { named[$0] == nil }.sorted()
        guard unknown.isEmpty else {
            throw Refusal(
                "load balancer `\(loadBalancer)` has no attribute \(unknown.map { "`\($0)`" }.joined(separator: ", "))"
            )
        }
        return ["arn": .string(arn), "attributes": .object(named)]
    }

    func wanted(over before: Value) throws -> Value {
        ["arn": before["arn"], "attributes": .object(attributes.mapValues { .string($0) })]
    }

    func summary(from: Value, to: Value) -> String {
        let changes = (to["attributes"].object ?? [:]).filter { from["attributes"][$0.key] != $0.value }
            .sorted { $0.key < $1.key }
            .map { "\($0.key) \(from["attributes"][$0.key].interpolated) → \($0.value.interpolated)" }
        return "set load balancer `\(loadBalancer)`: " + changes.joined(separator: ", ")
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard let arn = to["arn"].string else { throw Refusal("the record of `\(loadBalancer)` has no ARN") }
        let changes = (to["attributes"].object ?? [:]).filter { from["attributes"][$0.key] != $0.value }
            .sorted { $0.key < $1.key }
            .map { ElasticLoadBalancing.Attribute(key: $0.key, value: $0.value.interpolated) }
        _ = try await world.call("elasticloadbalancing:ModifyLoadBalancerAttributes \(loadBalancer)") {
            try await world.aws.elasticLoadBalancing.modifyLoadBalancerAttributes(
                .init(loadBalancerArn: arn, attributes: changes)
            )
        }
        return .null
    }
}
