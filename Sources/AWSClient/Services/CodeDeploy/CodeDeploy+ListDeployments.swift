extension CodeDeploy {
    /// Lists ids of deployments of a group, newest first, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listDeployments(_ input: ListDeploymentsInput) async throws -> AWSResponse<ListDeploymentsOutput> {
        try await client.json(Call(.codeDeploy, "ListDeployments", .readOnly), input)
    }

    /// Input of `listDeployments`.
    public struct ListDeploymentsInput: Encodable, Sendable, Equatable {
        /// Application.
        public var applicationName: String?
        /// Group.
        public var deploymentGroupName: String?
        /// Statuses.
        public var includeOnlyStatuses: [String]?
        /// Page token.
        public var nextToken: String?

        /// Makes the input; what is nil is left out.
        public init(
            applicationName: String? = nil,
            deploymentGroupName: String? = nil,
            includeOnlyStatuses: [String]? = nil,
            nextToken: String? = nil
        ) {
            self.applicationName = applicationName
            self.deploymentGroupName = deploymentGroupName
            self.includeOnlyStatuses = includeOnlyStatuses
            self.nextToken = nextToken
        }
    }

    /// Output of `listDeployments`.
    public struct ListDeploymentsOutput: Decodable, Sendable, Equatable {
        /// Ids.
        public var deployments: [String]?
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(deployments: [String]? = nil, nextToken: String? = nil) {
            self.deployments = deployments
            self.nextToken = nextToken
        }
    }
}
