extension CodeDeploy {
    /// When a deployment goes back by itself.
    public struct AutoRollbackConfiguration: Codable, Sendable, Equatable {
        /// Whether it does.
        public var enabled: Bool
        /// `DEPLOYMENT_FAILURE`, `DEPLOYMENT_STOP_ON_ALARM`, `DEPLOYMENT_STOP_ON_REQUEST`.
        public var events: [String]?

        /// Makes the value.
        public init(enabled: Bool, events: [String]? = nil) {
            self.enabled = enabled
            self.events = events
        }
    }
}
