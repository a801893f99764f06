import AWSClient
import MigrateCore

extension ECSServiceAttributes {
    private func texts(_ name: String) -> [String]? { values[name]?.array?.compactMap(\.string) }
    private func integer(_ name: String) -> Int? { values[name]?.integer.map { Int($0) } }

    private var network: ECS.NetworkConfiguration? {
        guard let subnets = texts("subnets") else { return nil }
        return .init(
            awsvpcConfiguration: .init(
                subnets: subnets,
                securityGroups: texts("security_groups"),
                assignPublicIp: values["public_address"]?.bool == true ? "ENABLED" : "DISABLED"
            )
        )
    }

    private var deployment: ECS.DeploymentConfiguration? {
        let names = ["minimum_healthy_percent", "maximum_percent", "circuit_breaker", "circuit_breaker_rollback"]
        guard names.contains(where: { values[$0] != nil }) else { return nil }
        return .init(
            deploymentCircuitBreaker: .init(
                enable: values["circuit_breaker"]?.bool ?? false,
                rollback: values["circuit_breaker_rollback"]?.bool ?? false
            ),
            maximumPercent: integer("maximum_percent"),
            minimumHealthyPercent: integer("minimum_healthy_percent")
        )
    }

    private var loadBalancers: [ECS.LoadBalancer]? {
        values["load_balancers"]?.array?.map {
            .init(
                targetGroupArn: $0["target_group"].string,
                containerName: $0["container"].string,
                containerPort: $0["port"].integer.map { Int($0) }
            )
        }
    }

    private var registries: [ECS.ServiceRegistry]? {
        values["registries"]?.array?.map {
            .init(
                registryArn: $0["arn"].string,
                port: $0["port"].integer.map { Int($0) },
                containerName: $0["container"].string,
                containerPort: $0["container_port"].integer.map { Int($0) }
            )
        }
    }

    private var capacityProviders: [ECS.CapacityProviderStrategyItem]? {
        guard let found = values["capacity_providers"]?.array, !found.isEmpty else { return nil }
        return found.map {
            .init(
                capacityProvider: $0["name"].interpolated,
                weight: $0["weight"].integer.map { Int($0) },
                base: $0["base"].integer.map { Int($0) }
            )
        }
    }

    /// Request that makes a service with all of them.
    func creation(of name: String, in cluster: String, token: String) -> ECS.CreateServiceInput {
        var input = ECS.CreateServiceInput(serviceName: name, clientToken: token)
        input.cluster = cluster
        input.taskDefinition = values["task_definition"]?.string
        input.desiredCount = integer("desired_count")
        input.launchType = values["launch_type"]?.string
        input.capacityProviderStrategy = capacityProviders
        input.networkConfiguration = network
        input.deploymentConfiguration = deployment
        input.loadBalancers = loadBalancers
        input.serviceRegistries = registries
        input.healthCheckGracePeriodSeconds = integer("health_check_grace_seconds")
        input.enableExecuteCommand = values["execute_command"]?.bool
        return input
    }

    /// Request that leads a service from `found` to them; sends what differs, and the count.
    func update(of name: String, in cluster: String, from found: ECSServiceAttributes) -> ECS.UpdateServiceInput {
        func differs(_ names: String...) -> Bool {
            names.contains { values[$0] != nil && values[$0] != found.values[$0] }
        }
        var input = ECS.UpdateServiceInput(service: name)
        input.cluster = cluster
        if differs("task_definition") { input.taskDefinition = values["task_definition"]?.string }
        // Why always: a request that changes nothing, of a roll-out under way, must still say something.
        input.desiredCount = integer("desired_count")
        if differs("capacity_providers") { input.capacityProviderStrategy = capacityProviders }
        if differs("subnets", "security_groups", "public_address") { input.networkConfiguration = network }
        if differs(
            "minimum_healthy_percent",
            "maximum_percent",
            "circuit_breaker",
            "circuit_breaker_rollback"
        ) {
            input.deploymentConfiguration = deployment
        }
        if differs("load_balancers") { input.loadBalancers = loadBalancers }
        if differs("registries") { input.serviceRegistries = registries }
        if differs("health_check_grace_seconds") {
            input.healthCheckGracePeriodSeconds = integer("health_check_grace_seconds")
        }
        if differs("execute_command") { input.enableExecuteCommand = values["execute_command"]?.bool }
        return input
    }
}
