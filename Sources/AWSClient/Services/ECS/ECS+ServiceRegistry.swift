extension ECS {
    /// A Cloud Map service that tasks register with.
    public struct ServiceRegistry: Codable, Sendable, Equatable {
        /// ARN of the Cloud Map service.
        public var registryArn: String?
        /// Port, for SRV records.
        public var port: Int?
        /// Container, for SRV records.
        public var containerName: String?
        /// Port of the container, for SRV records.
        public var containerPort: Int?

        /// Makes the value.
        public init(
            registryArn: String? = nil,
            port: Int? = nil,
            containerName: String? = nil,
            containerPort: Int? = nil
        ) {
            self.registryArn = registryArn
            self.port = port
            self.containerName = containerName
            self.containerPort = containerPort
        }
    }
}
