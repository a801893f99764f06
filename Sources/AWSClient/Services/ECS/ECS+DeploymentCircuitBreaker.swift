extension ECS {
    /// What happens when new tasks keep failing.
    public struct DeploymentCircuitBreaker: Codable, Sendable, Equatable {
        /// Whether the deployment is then failed.
        public var enable: Bool
        /// Whether the last good one is then brought back.
        public var rollback: Bool

        /// Makes the value.
        public init(enable: Bool, rollback: Bool) {
            self.enable = enable
            self.rollback = rollback
        }
    }
}
