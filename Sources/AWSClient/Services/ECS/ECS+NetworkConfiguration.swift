extension ECS {
    /// Network of a service's tasks.
    public struct NetworkConfiguration: Codable, Sendable, Equatable {
        /// Subnets and security groups.
        public var awsvpcConfiguration: AwsVpcConfiguration?

        /// Makes the value.
        public init(awsvpcConfiguration: AwsVpcConfiguration? = nil) {
            self.awsvpcConfiguration = awsvpcConfiguration
        }
    }
}
