extension ECS {
    /// Changes a service; what is nil stays as it is.
    ///
    /// With `forceNewDeployment` each call starts another deployment: then it is reconcilable and never sent twice.
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func updateService(_ input: UpdateServiceInput) async throws -> AWSResponse<UpdateServiceOutput> {
        try await client.json(
            Call(.ecs, "UpdateService", input.forceNewDeployment == true ? .once : .convergent),
            input
        )
    }

    /// Input of `updateService`.
    public struct UpdateServiceInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Name or ARN of the service.
        public var service: String
        /// Family, `family:revision` or ARN.
        public var taskDefinition: String?
        /// Tasks wanted.
        public var desiredCount: Int?
        /// Whether tasks are replaced although nothing else changes.
        public var forceNewDeployment: Bool?
        /// Capacity providers.
        public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
        /// Fargate platform.
        public var platformVersion: String?
        /// How tasks are replaced.
        public var deploymentConfiguration: DeploymentConfiguration?
        /// Subnets and security groups.
        public var networkConfiguration: NetworkConfiguration?
        /// Target groups; an empty list removes all.
        public var loadBalancers: [LoadBalancer]?
        /// Cloud Map services; an empty list removes all.
        public var serviceRegistries: [ServiceRegistry]?
        /// Service Connect, as AWS writes it.
        public var serviceConnectConfiguration: JSONDocument?
        /// Seconds during which failing health checks of new tasks are passed over.
        public var healthCheckGracePeriodSeconds: Int?
        /// Whether commands may be run in its tasks.
        public var enableExecuteCommand: Bool?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(service: String) {
            self.service = service
        }
    }

    /// Output of `updateService`.
    public struct UpdateServiceOutput: Decodable, Sendable, Equatable {
        /// The service.
        public var service: Service

        /// Makes the value.
        public init(service: Service) {
            self.service = service
        }
    }
}
