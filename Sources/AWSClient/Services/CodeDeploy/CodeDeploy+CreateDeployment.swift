extension CodeDeploy {
    /// Starts a deployment; `DeploymentLimitExceededException` while another one is at work.
    ///
    /// Effect: reconcilable (a description that names the attempt). Token: none.
    /// Page: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createDeployment(_ input: CreateDeploymentInput) async throws -> AWSResponse<CreateDeploymentOutput> {
        try await client.json(Call(.codeDeploy, "CreateDeployment", .once), input)
    }

    /// Input of `createDeployment`.
    public struct CreateDeploymentInput: Encodable, Sendable, Equatable {
        /// Application.
        public var applicationName: String
        /// Group.
        public var deploymentGroupName: String?
        /// What is deployed.
        public var revision: RevisionLocation?
        /// How traffic is moved, such as `CodeDeployDefault.ECSLinear10PercentEvery1Minutes`.
        public var deploymentConfigName: String?
        /// Words, at most 1,000 characters.
        public var description: String?
        /// When it goes back by itself.
        public var autoRollbackConfiguration: AutoRollbackConfiguration?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(applicationName: String) {
            self.applicationName = applicationName
        }
    }

    /// Output of `createDeployment`.
    public struct CreateDeploymentOutput: Decodable, Sendable, Equatable {
        /// Id.
        public var deploymentId: String

        /// Makes the value.
        public init(deploymentId: String) {
            self.deploymentId = deploymentId
        }
    }
}
