extension ECS {
    /// Creates a service.
    ///
    /// A second call with the same `clientToken` returns the first one's service.
    /// Effect: token. Token: `clientToken`.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createService(_ input: CreateServiceInput) async throws -> AWSResponse<CreateServiceOutput> {
        try await client.json(Call(.ecs, "CreateService", .token), input)
    }

    /// Input of `createService`.
    public struct CreateServiceInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Name.
        public var serviceName: String
        /// Token that makes a repeated call one; at most 36 characters.
        public var clientToken: String
        /// Family, `family:revision` or ARN.
        public var taskDefinition: String?
        /// Tasks wanted.
        public var desiredCount: Int?
        /// `FARGATE` or `EC2`; nil when capacity providers are given.
        public var launchType: String?
        /// Capacity providers, in place of a launch type.
        public var capacityProviderStrategy: [CapacityProviderStrategyItem]?
        /// Fargate platform; nil means `LATEST`.
        public var platformVersion: String?
        /// How tasks are replaced.
        public var deploymentConfiguration: DeploymentConfiguration?
        /// Subnets and security groups; needed for `awsvpc`.
        public var networkConfiguration: NetworkConfiguration?
        /// Target groups.
        public var loadBalancers: [LoadBalancer]?
        /// Cloud Map services.
        public var serviceRegistries: [ServiceRegistry]?
        /// Service Connect, as AWS writes it.
        public var serviceConnectConfiguration: JSONDocument?
        /// Seconds during which failing health checks of new tasks are passed over.
        public var healthCheckGracePeriodSeconds: Int?
        /// `REPLICA` or `DAEMON`; nil means replica.
        public var schedulingStrategy: String?
        /// Who rolls it out; nil means ECS.
        public var deploymentController: DeploymentController?
        /// Whether commands may be run in its tasks.
        public var enableExecuteCommand: Bool?
        /// Whether ECS tags its tasks.
        public var enableECSManagedTags: Bool?
        /// `SERVICE`, `TASK_DEFINITION` or `NONE`.
        public var propagateTags: String?
        /// Tags.
        public var tags: [Tag]?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(serviceName: String, clientToken: String) {
            self.serviceName = serviceName
            self.clientToken = clientToken
        }
    }

    /// Output of `createService`.
    public struct CreateServiceOutput: Decodable, Sendable, Equatable {
        /// The service.
        public var service: Service

        /// Makes the value.
        public init(service: Service) {
            self.service = service
        }
    }
}
