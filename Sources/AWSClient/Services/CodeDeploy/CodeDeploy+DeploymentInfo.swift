extension CodeDeploy {
    /// A deployment.
    public struct DeploymentInfo: Decodable, Sendable, Equatable {
        /// Id.
        public var deploymentId: String?
        /// `Created`, `Queued`, `InProgress`, `Baking`, `Succeeded`, `Failed`, `Stopped`, `Ready`.
        public var status: String?
        /// Words given when it was made.
        public var description: String?
        /// What it deployed.
        public var revision: RevisionLocation?
        /// Why it failed.
        public var errorInformation: ErrorInformation?
        /// What became of going back.
        public var rollbackInfo: RollbackInfo?
        /// When it was made.
        public var createTime: AWSTimestamp?
        /// When it ended.
        public var completeTime: AWSTimestamp?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
        }
    }
}
