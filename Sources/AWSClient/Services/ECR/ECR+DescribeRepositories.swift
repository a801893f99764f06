extension ECR {
    /// Describes repositories, one page; `RepositoryNotFoundException` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeRepositories(_ input: DescribeRepositoriesInput) async throws -> AWSResponse<
        DescribeRepositoriesOutput
    > {
        try await client.json(Call(.ecr, "DescribeRepositories", .readOnly), input)
    }

    /// All repositories that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allRepositories(_ input: DescribeRepositoriesInput) async throws -> AWSResponse<[Repository]> {
        try await allPages(
            .ecr,
            "DescribeRepositories",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeRepositories(page)
            },
            items: \.repositories,
            next: \.nextToken
        )
    }

    /// Input of `describeRepositories`.
    public struct DescribeRepositoriesInput: Encodable, Sendable, Equatable {
        /// Names; nil means all.
        public var repositoryNames: [String]?
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 1,000.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            repositoryNames: [String]? = nil,
            registryId: String? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.repositoryNames = repositoryNames
            self.registryId = registryId
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeRepositories`.
    public struct DescribeRepositoriesOutput: Decodable, Sendable, Equatable {
        /// The repositories.
        public var repositories: [Repository]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(repositories: [Repository] = [], nextToken: String? = nil) {
            self.repositories = repositories
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case repositories, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            repositories = try members.decodeIfPresent([Repository].self, forKey: .repositories) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
