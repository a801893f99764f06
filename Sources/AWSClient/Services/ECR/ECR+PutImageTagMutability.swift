extension ECR {
    /// Sets whether tags of a repository can be moved.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageTagMutability.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putImageTagMutability(_ input: PutImageTagMutabilityInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.ecr, "PutImageTagMutability", .convergent), input)
    }

    /// Input of `putImageTagMutability`.
    public struct PutImageTagMutabilityInput: Encodable, Sendable, Equatable {
        /// Name of the repository.
        public var repositoryName: String
        /// `MUTABLE` or `IMMUTABLE`.
        public var imageTagMutability: String

        /// Makes the input.
        public init(repositoryName: String, imageTagMutability: String) {
            self.repositoryName = repositoryName
            self.imageTagMutability = imageTagMutability
        }
    }
}
