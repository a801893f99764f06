import AWSClient
import MigrateCore

/// Attributes of a service that `ecs.service` sets, in the form of its images: flat, lists sorted, absent ones left
/// out.
struct ECSServiceAttributes: Sendable, Hashable {
    /// Values by the parameter's name.
    var values: [String: Value]

    /// Attributes that ECS takes only when it makes a service.
    static let fixed: Set<String> = ["launch_type"]

    /// Attributes that a step gives; what it leaves out stays as it is.
    ///
    /// Throws: `ParameterError`.
    init(_ parameters: Parameters) throws {
        values = [
            "task_definition": .string(try parameters.string("task_definition")),
            "desired_count": .integer(Int64(try parameters.integer("desired_count", in: 0...5000))),
        ]
        for name in ["subnets", "security_groups"] where parameters.has(name) {
            values[name] = Self.sorted(try parameters.strings(name).map { .string($0) })
        }
        for name in ["load_balancers", "registries", "capacity_providers"] where parameters.has(name) {
            values[name] = Self.sorted(try parameters.list(name))
        }
        for name in ["minimum_healthy_percent", "maximum_percent"] where parameters.has(name) {
            values[name] = .integer(Int64(try parameters.integer(name, in: 0...1000)))
        }
        for name in ["public_address", "circuit_breaker", "circuit_breaker_rollback", "execute_command"]
        where parameters.has(name) {
            values[name] = .bool(try parameters.boolean(name))
        }
        if let grace = try parameters.durationIfGiven("health_check_grace") {
            values["health_check_grace_seconds"] = .integer(grace.inMilliseconds / 1000)
        }
        if !parameters.has("capacity_providers") {
            values["launch_type"] = .string(try parameters.choice("launch_type", of: ["FARGATE", "EC2"]))
        }
    }

    /// Attributes of a service that was found.
    init(_ service: ECS.Service) {
        let network = service.networkConfiguration?.awsvpcConfiguration
        let deployment = service.deploymentConfiguration
        let breaker = deployment?.deploymentCircuitBreaker
        let found: [String: Value?] = [
            "task_definition": service.taskDefinition.map { .string($0) },
            "desired_count": .integer(Int64(service.desiredCount)),
            "launch_type": service.launchType.map { .string($0) },
            "subnets": network.map { Self.sorted($0.subnets.map { .string($0) }) },
            "security_groups": network.map { Self.sorted(($0.securityGroups ?? []).map { .string($0) }) },
            "public_address": network.map { .bool($0.assignPublicIp == "ENABLED") },
            "load_balancers": Self.sorted(service.loadBalancers.map(Self.value)),
            "registries": Self.sorted(service.serviceRegistries.map(Self.value)),
            "capacity_providers": Self.sorted(service.capacityProviderStrategy.map(Self.value)),
            "minimum_healthy_percent": deployment?.minimumHealthyPercent.map { .integer(Int64($0)) },
            "maximum_percent": deployment?.maximumPercent.map { .integer(Int64($0)) },
            "circuit_breaker": .bool(breaker?.enable ?? false),
            "circuit_breaker_rollback": .bool(breaker?.rollback ?? false),
            "health_check_grace_seconds": service.healthCheckGracePeriodSeconds.map { .integer(Int64($0)) },
            "execute_command": .bool(service.enableExecuteCommand ?? false),
        ]
        values = found.compactMapValues { $0 }
    }

    /// Attributes of an image.
    init(image: Value) { values = (image.object ?? [:]).filter { !Self.names.contains($0.key) } }

    /// Members of an image that are no attributes.
    private static let names: Set<String> = ["cluster", "name", "arn", "status"]

    private static func sorted(_ values: [Value]) -> Value { .array(values.sorted { $0.text < $1.text }) }

    private static func value(_ balancer: ECS.LoadBalancer) -> Value {
        members([
            "target_group": balancer.targetGroupArn.map { .string($0) },
            "container": balancer.containerName.map { .string($0) },
            "port": balancer.containerPort.map { .integer(Int64($0)) },
        ])
    }

    private static func value(_ registry: ECS.ServiceRegistry) -> Value {
        members([
            "arn": registry.registryArn.map { .string($0) }, "container": registry.containerName.map { .string($0) },
            "container_port": registry.containerPort.map { .integer(Int64($0)) },
            "port": registry.port.map { .integer(Int64($0)) },
        ])
    }

    private static func value(_ provider: ECS.CapacityProviderStrategyItem) -> Value {
        members([
            "name": .string(provider.capacityProvider), "weight": provider.weight.map { .integer(Int64($0)) },
            // Why 0 is left out: ECS writes the default base out.
            "base": provider.base.flatMap { $0 == 0 ? nil : .integer(Int64($0)) },
        ])
    }

    private static func members(_ found: [String: Value?]) -> Value { .object(found.compactMapValues { $0 }) }
}
