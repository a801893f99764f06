extension ECS {
    /// How tasks are replaced.
    public struct DeploymentConfiguration: Codable, Sendable, Equatable {
        /// What happens when new tasks keep failing.
        public var deploymentCircuitBreaker: DeploymentCircuitBreaker?
        /// Most tasks at a time, in per cent of the desired count.
        public var maximumPercent: Int?
        /// Fewest healthy tasks at a time, in per cent of the desired count.
        public var minimumHealthyPercent: Int?
        /// Alarms that stop a deployment.
        public var alarms: DeploymentAlarms?

        /// Makes the value.
        public init(
            deploymentCircuitBreaker: DeploymentCircuitBreaker? = nil,
            maximumPercent: Int? = nil,
            minimumHealthyPercent: Int? = nil,
            alarms: DeploymentAlarms? = nil
        ) {
            self.deploymentCircuitBreaker = deploymentCircuitBreaker
            self.maximumPercent = maximumPercent
            self.minimumHealthyPercent = minimumHealthyPercent
            self.alarms = alarms
        }
    }
}
