extension ServiceDiscovery {
    /// Health told by the API.
    public struct HealthCheckCustomConfig: Codable, Sendable, Equatable {
        /// Deprecated; always 1.
        public var failureThreshold: Int?

        private enum CodingKeys: String, CodingKey {
            case failureThreshold = "FailureThreshold"
        }

        /// Makes the value.
        public init(failureThreshold: Int? = nil) {
            self.failureThreshold = failureThreshold
        }
    }
}
