extension ECS {
    /// A target group that tasks register with.
    public struct LoadBalancer: Codable, Sendable, Equatable {
        /// ARN of the target group.
        public var targetGroupArn: String?
        /// Container.
        public var containerName: String?
        /// Port of the container.
        public var containerPort: Int?

        /// Makes the value.
        public init(targetGroupArn: String? = nil, containerName: String? = nil, containerPort: Int? = nil) {
            self.targetGroupArn = targetGroupArn
            self.containerName = containerName
            self.containerPort = containerPort
        }
    }
}
