extension CodeDeploy {
    /// Describes a deployment.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeployment.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getDeployment(_ input: GetDeploymentInput) async throws -> AWSResponse<GetDeploymentOutput> {
        try await client.json(Call(.codeDeploy, "GetDeployment", .readOnly), input)
    }

    /// Input of `getDeployment`.
    public struct GetDeploymentInput: Encodable, Sendable, Equatable {
        /// Id.
        public var deploymentId: String

        /// Makes the input; what is nil is left out.
        public init(deploymentId: String) {
            self.deploymentId = deploymentId
        }
    }

    /// Output of `getDeployment`.
    public struct GetDeploymentOutput: Decodable, Sendable, Equatable {
        /// The deployment.
        public var deploymentInfo: DeploymentInfo

        /// Makes the value.
        public init(deploymentInfo: DeploymentInfo) {
            self.deploymentInfo = deploymentInfo
        }
    }
}
