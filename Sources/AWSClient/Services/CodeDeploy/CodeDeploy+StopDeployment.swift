extension CodeDeploy {
    /// Stops a deployment; with `autoRollbackEnabled` traffic goes back.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func stopDeployment(_ input: StopDeploymentInput) async throws -> AWSResponse<StopDeploymentOutput> {
        try await client.json(Call(.codeDeploy, "StopDeployment", .convergent), input)
    }

    /// Input of `stopDeployment`.
    public struct StopDeploymentInput: Encodable, Sendable, Equatable {
        /// Id.
        public var deploymentId: String
        /// Whether it goes back.
        public var autoRollbackEnabled: Bool?

        /// Makes the input; what is nil is left out.
        public init(deploymentId: String, autoRollbackEnabled: Bool? = nil) {
            self.deploymentId = deploymentId
            self.autoRollbackEnabled = autoRollbackEnabled
        }
    }

    /// Output of `stopDeployment`.
    public struct StopDeploymentOutput: Decodable, Sendable, Equatable {
        /// `Pending`, `Succeeded`.
        public var status: String?
        /// Words.
        public var statusMessage: String?

        /// Makes the value.
        public init(status: String? = nil, statusMessage: String? = nil) {
            self.status = status
            self.statusMessage = statusMessage
        }
    }
}
