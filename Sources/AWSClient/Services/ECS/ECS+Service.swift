extension ECS {
    /// A service.
    public struct Service: Decodable, Sendable, Equatable {
        /// ARN.
        public var serviceArn: String
        /// Name.
        public var serviceName: String
        /// Cluster.
        public var clusterArn: String?
        /// `ACTIVE`, `DRAINING` or `INACTIVE`.
        public var status: String
        /// Tasks wanted.
        public var desiredCount: Int
        /// Tasks running.
        public var runningCount: Int
        /// Tasks pending.
        public var pendingCount: Int
        /// `FARGATE` or `EC2`.
        public var launchType: String?
        /// Capacity providers.
        public var capacityProviderStrategy: [CapacityProviderStrategyItem]
        /// Fargate platform.
        public var platformVersion: String?
        /// ARN of the task definition wanted.
        public var taskDefinition: String?
        /// How tasks are replaced.
        public var deploymentConfiguration: DeploymentConfiguration?
        /// Deployments under way and the finished one.
        public var deployments: [Deployment]
        /// Latest events, at most 100, newest first.
        public var events: [ServiceEvent]
        /// Target groups.
        public var loadBalancers: [LoadBalancer]
        /// Cloud Map services.
        public var serviceRegistries: [ServiceRegistry]
        /// Subnets and security groups.
        public var networkConfiguration: NetworkConfiguration?
        /// Seconds during which failing health checks of new tasks are passed over.
        public var healthCheckGracePeriodSeconds: Int?
        /// `REPLICA` or `DAEMON`.
        public var schedulingStrategy: String?
        /// Who rolls it out.
        public var deploymentController: DeploymentController?
        /// When it was created.
        public var createdAt: AWSTimestamp?
        /// Whether commands may be run in its tasks.
        public var enableExecuteCommand: Bool?
        /// Tags, when asked for.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(
            serviceArn: String,
            serviceName: String,
            status: String,
            desiredCount: Int,
            runningCount: Int,
            pendingCount: Int
        ) {
            self.serviceArn = serviceArn
            self.serviceName = serviceName
            self.status = status
            self.desiredCount = desiredCount
            self.runningCount = runningCount
            self.pendingCount = pendingCount
            capacityProviderStrategy = []
            deployments = []
            events = []
            loadBalancers = []
            serviceRegistries = []
            tags = []
        }

        private enum CodingKeys: String, CodingKey {
            case serviceArn, serviceName, clusterArn, status, desiredCount, runningCount, pendingCount, launchType,
                capacityProviderStrategy, platformVersion, taskDefinition, deploymentConfiguration, deployments, events,
                loadBalancers, serviceRegistries, networkConfiguration, healthCheckGracePeriodSeconds,
                schedulingStrategy, deploymentController, createdAt, enableExecuteCommand, tags
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            serviceArn = try members.decode(String.self, forKey: .serviceArn)
            serviceName = try members.decode(String.self, forKey: .serviceName)
            clusterArn = try members.decodeIfPresent(String.self, forKey: .clusterArn)
            status = try members.decode(String.self, forKey: .status)
            desiredCount = try members.decode(Int.self, forKey: .desiredCount)
            runningCount = try members.decode(Int.self, forKey: .runningCount)
            pendingCount = try members.decode(Int.self, forKey: .pendingCount)
            launchType = try members.decodeIfPresent(String.self, forKey: .launchType)
            capacityProviderStrategy =
                try members.decodeIfPresent([CapacityProviderStrategyItem].self, forKey: .capacityProviderStrategy)
                ?? []
            platformVersion = try members.decodeIfPresent(String.self, forKey: .platformVersion)
            taskDefinition = try members.decodeIfPresent(String.self, forKey: .taskDefinition)
            deploymentConfiguration = try members.decodeIfPresent(
                DeploymentConfiguration.self,
                forKey: .deploymentConfiguration
            )
            deployments = try members.decodeIfPresent([Deployment].self, forKey: .deployments) ?? []
            events = try members.decodeIfPresent([ServiceEvent].self, forKey: .events) ?? []
            loadBalancers = try members.decodeIfPresent([LoadBalancer].self, forKey: .loadBalancers) ?? []
            serviceRegistries = try members.decodeIfPresent([ServiceRegistry].self, forKey: .serviceRegistries) ?? []
            networkConfiguration = try members.decodeIfPresent(NetworkConfiguration.self, forKey: .networkConfiguration)
            healthCheckGracePeriodSeconds = try members.decodeIfPresent(
                Int.self,
                forKey: .healthCheckGracePeriodSeconds
            )
            schedulingStrategy = try members.decodeIfPresent(String.self, forKey: .schedulingStrategy)
            deploymentController = try members.decodeIfPresent(DeploymentController.self, forKey: .deploymentController)
            createdAt = try members.decodeIfPresent(AWSTimestamp.self, forKey: .createdAt)
            enableExecuteCommand = try members.decodeIfPresent(Bool.self, forKey: .enableExecuteCommand)
            tags = try members.decodeIfPresent([Tag].self, forKey: .tags) ?? []
        }
    }
}
