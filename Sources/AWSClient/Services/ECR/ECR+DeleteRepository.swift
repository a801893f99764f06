extension ECR {
    /// Deletes a repository; `RepositoryNotEmptyException` while it has images and `force` is not true.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteRepository(_ input: DeleteRepositoryInput) async throws -> AWSResponse<DeleteRepositoryOutput> {
        try await client.json(Call(.ecr, "DeleteRepository", .once), input)
    }

    /// Input of `deleteRepository`.
    public struct DeleteRepositoryInput: Encodable, Sendable, Equatable {
        /// Name.
        public var repositoryName: String
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Whether its images are deleted with it.
        public var force: Bool?

        /// Makes the input; what is nil is left out.
        public init(repositoryName: String, registryId: String? = nil, force: Bool? = nil) {
            self.repositoryName = repositoryName
            self.registryId = registryId
            self.force = force
        }
    }

    /// Output of `deleteRepository`.
    public struct DeleteRepositoryOutput: Decodable, Sendable, Equatable {
        /// The repository that was.
        public var repository: Repository?

        /// Makes the value.
        public init(repository: Repository? = nil) {
            self.repository = repository
        }
    }
}
