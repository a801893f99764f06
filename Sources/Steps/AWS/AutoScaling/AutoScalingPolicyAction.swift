import AWSClient
import MigrateCore

/// Makes one policy that holds a metric of a service at a value.
struct AutoScalingPolicyAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "autoscaling.policy",
        role: .action,
        summary: "Scales an ECS service so that a metric stays at a value",
        parameters: ScalableService.parameters + [
            .required("name", .string, "Name of the policy"),
            .required(
                "metric",
                .choice(["cpu", "memory", "requests"]),
                "What is held: shares, or requests per target"
            ),
            .required("value", .number, unit: "percent, or requests", "Value that the metric is held at"),
            .optional(
                "resource_label",
                .string,
                example: "app/market/50dc6c495c0c9188/targetgroup/order/6d0ecf831eec9f09",
                "Load balancer and target group, for `requests`"
            ),
            .optional("scale_in_cooldown", .duration, default: "300s", "Time between two steps down"),
            .optional("scale_out_cooldown", .duration, default: "60s", "Time between two steps up"),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "the policy as found, or that there was none; undoing puts it back or deletes it",
        permissions: [
            Permission(["application-autoscaling:DescribeScalingPolicies"], on: "*", mutates: false),
            Permission(
                ["application-autoscaling:PutScalingPolicy", "application-autoscaling:DeleteScalingPolicy"],
                on: ScalableService.resource,
                mutates: true
            ),
        ],
        facts: ["name": "name of the policy"],
        source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-cpu
              do: autoscaling.policy
              with: {cluster: market, service: order, name: cpu, metric: cpu, value: 70}
            """
    )

    private static let metrics = [
        "cpu": "ECSServiceAverageCPUUtilization", "memory": "ECSServiceAverageMemoryUtilization",
        "requests": "ALBRequestCountPerTarget",
    ]

    private let service: ScalableService
    private let name: String
    private let wanted: Value

    init(_ parameters: Parameters) throws {
        service = try ScalableService(parameters)
        name = try parameters.string("name")
        let metric = try parameters.choice("metric", of: Self.metrics.keys.sorted())
        let label = try parameters.stringIfGiven("resource_label")
        guard (metric == "requests") == (label != nil) else {
            throw ParameterError("resource_label", "is needed for `metric: requests`, and for nothing else")
        }
        wanted = Self.image(
            metric: Self.metrics[metric],
            label: label,
            value: try parameters.number("value"),
            scaleIn: Int(try parameters.duration("scale_in_cooldown").inMilliseconds / 1000),
            scaleOut: Int(try parameters.duration("scale_out_cooldown").inMilliseconds / 1000)
        )
    }

    private static func image(metric: String?, label: String?, value: Double, scaleIn: Int?, scaleOut: Int?) -> Value {
        [
            "metric": metric.map { .string($0) } ?? .null, "label": label.map { .string($0) } ?? .null,
            // Why as text: 70 and 70.0 are one value to AWS and two to an image.
            "value": .string("\(value)"), "scale_in": scaleIn.map { .integer(Int64($0)) } ?? .null,
            "scale_out": scaleOut.map { .integer(Int64($0)) } ?? .null,
        ]
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await service.policies(world).first(where: { $0.policyName == name }) else {
            return .null
        }
        guard let tracking = found.targetTracking, tracking.predefinedMetricSpecification != nil else {
            throw Refusal(
                "policy `\(name)` of `\(service.service)` is a \(found.policyType) policy that this kind cannot restore",
                hint: "give the policy another name"
            )
        }
        return Self.image(
            metric: tracking.predefinedMetricSpecification?.predefinedMetricType,
            label: tracking.predefinedMetricSpecification?.resourceLabel,
            value: tracking.targetValue,
            scaleIn: tracking.scaleInCooldown,
            scaleOut: tracking.scaleOutCooldown
        )
    }

    func wanted(over before: Value) throws -> Value { wanted }

    func facts(of image: Value) -> [String: Value] { ["name": .string(name)] }

    func summary(from: Value, to: Value) -> String {
        to.isNull
            ? "delete scaling policy `\(name)` of `\(service.service)`"
            : "hold \(to["metric"].interpolated) of `\(service.service)` at \(to["value"].interpolated)"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let id = service.resourceID
        guard let metric = to["metric"].string, let value = to["value"].string.flatMap({ Double($0) }) else {
            try await world.remove(
                "application-autoscaling:DeleteScalingPolicy \(name)",
                absentBy: ["ObjectNotFoundException"]
            ) {
                try await world.aws.applicationAutoScaling.deleteScalingPolicy(
                    .init(
                        policyName: name,
                        serviceNamespace: ScalableService.namespace,
                        resourceId: id,
                        scalableDimension: ScalableService.dimension
                    )
                )
            }
            return .null
        }
        var tracking = ApplicationAutoScaling.TargetTracking(targetValue: value)
        tracking.predefinedMetricSpecification = .init(predefinedMetricType: metric, resourceLabel: to["label"].string)
        tracking.scaleInCooldown = to["scale_in"].integer.map { Int($0) }
        tracking.scaleOutCooldown = to["scale_out"].integer.map { Int($0) }
        var input = ApplicationAutoScaling.PutScalingPolicyInput(
            policyName: name,
            serviceNamespace: ScalableService.namespace,
            resourceId: id,
            scalableDimension: ScalableService.dimension,
            policyType: "TargetTrackingScaling"
        )
        input.targetTracking = tracking
        let request = input
        _ = try await world.call("application-autoscaling:PutScalingPolicy \(name)") {
            try await world.aws.applicationAutoScaling.putScalingPolicy(request)
        }
        return .null
    }
}
