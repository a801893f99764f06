extension CodeDeploy {
    /// What became of going back.
    public struct RollbackInfo: Decodable, Sendable, Equatable {
        /// Deployment that goes back.
        public var rollbackDeploymentId: String?
        /// Deployment that this one takes back.
        public var rollbackTriggeringDeploymentId: String?
        /// Words.
        public var rollbackMessage: String?

        /// Makes the value.
        public init(
            rollbackDeploymentId: String? = nil,
            rollbackTriggeringDeploymentId: String? = nil,
            rollbackMessage: String? = nil
        ) {
            self.rollbackDeploymentId = rollbackDeploymentId
            self.rollbackTriggeringDeploymentId = rollbackTriggeringDeploymentId
            self.rollbackMessage = rollbackMessage
        }
    }
}
