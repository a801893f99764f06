import AWSClient
import MigrateCore

/// Sets how far a service may be scaled.
struct AutoScalingLimitsAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "autoscaling.limits",
        role: .action,
        summary: "Sets how few and how many tasks Application Auto Scaling may give an ECS service",
        parameters: ScalableService.parameters + [
            .required("min", .integer, unit: "tasks", "Fewest tasks"),
            .required("max", .integer, unit: "tasks", "Most tasks"),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "the limits as found, or that it was not scaled; undoing sets them back or takes them off",
        permissions: [
            Permission(["application-autoscaling:DescribeScalableTargets"], on: "*", mutates: false),
            Permission(
                [
                    "application-autoscaling:RegisterScalableTarget",
                    "application-autoscaling:DeregisterScalableTarget",
                ],
                on: ScalableService.resource,
                mutates: true
            ),
        ],
        facts: ["min": "fewest tasks", "max": "most tasks"],
        source: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: order-limits
              do: autoscaling.limits
              with: {cluster: market, service: order, min: 4, max: 20}
            """
    )

    private let service: ScalableService
    private let fewest: Int
    private let most: Int

    init(_ parameters: Parameters) throws {
        service = try ScalableService(parameters)
        fewest = try parameters.integer("min", in: 0...100_000)
        most = try parameters.integer("max", in: 0...100_000)
        guard fewest <= most else { throw ParameterError("max", "must not be less than `min`") }
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await service.target(world) else { return .null }
        return Self.image(found.minCapacity, found.maxCapacity)
    }

    private static func image(_ fewest: Int, _ most: Int) -> Value {
        ["min": .integer(Int64(fewest)), "max": .integer(Int64(most))]
    }

    func wanted(over before: Value) throws -> Value { Self.image(fewest, most) }

    func summary(from: Value, to: Value) -> String {
        to.isNull
            ? "stop scaling `\(service.service)`"
            : "scale `\(service.service)` from \(to["min"].text) to \(to["max"].text) tasks"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let id = service.resourceID
        guard let fewest = to["min"].integer, let most = to["max"].integer else {
            try await world.remove(
                "application-autoscaling:DeregisterScalableTarget \(id)",
                absentBy: ["ObjectNotFoundException"]
            ) {
                try await world.aws.applicationAutoScaling.deregisterScalableTarget(
                    .init(
                        serviceNamespace: ScalableService.namespace,
                        resourceId: id,
                        scalableDimension: ScalableService.dimension
                    )
                )
            }
            return .null
        }
        var input = ApplicationAutoScaling.RegisterScalableTargetInput(
            serviceNamespace: ScalableService.namespace,
            resourceId: id,
            scalableDimension: ScalableService.dimension
        )
        input.minCapacity = Int(fewest)
        input.maxCapacity = Int(most)
        let request = input
        _ = try await world.call("application-autoscaling:RegisterScalableTarget \(id)") {
            try await world.aws.applicationAutoScaling.registerScalableTarget(request)
        }
        return .null
    }
}
