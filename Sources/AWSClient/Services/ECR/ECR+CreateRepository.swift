extension ECR {
    /// Creates a repository; `RepositoryAlreadyExistsException` when there is one of that name.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createRepository(_ input: CreateRepositoryInput) async throws -> AWSResponse<CreateRepositoryOutput> {
        try await client.json(Call(.ecr, "CreateRepository", .once), input)
    }

    /// Input of `createRepository`.
    public struct CreateRepositoryInput: Encodable, Sendable, Equatable {
        /// Name.
        public var repositoryName: String
        /// `MUTABLE` or `IMMUTABLE`; nil means mutable.
        public var imageTagMutability: String?
        /// Whether images are scanned when pushed.
        public var imageScanningConfiguration: ImageScanningConfiguration?
        /// How images are encrypted; nil means AES-256.
        public var encryptionConfiguration: EncryptionConfiguration?
        /// Tags.
        public var tags: [Tag]?

        /// Makes the input; what is nil is left out.
        public init(
            repositoryName: String,
            imageTagMutability: String? = nil,
            imageScanningConfiguration: ImageScanningConfiguration? = nil,
            encryptionConfiguration: EncryptionConfiguration? = nil,
            tags: [Tag]? = nil
        ) {
            self.repositoryName = repositoryName
            self.imageTagMutability = imageTagMutability
            self.imageScanningConfiguration = imageScanningConfiguration
            self.encryptionConfiguration = encryptionConfiguration
            self.tags = tags
        }
    }

    /// Output of `createRepository`.
    public struct CreateRepositoryOutput: Decodable, Sendable, Equatable {
        /// The repository.
        public var repository: Repository

        /// Makes the value.
        public init(repository: Repository) {
            self.repository = repository
        }
    }
}
