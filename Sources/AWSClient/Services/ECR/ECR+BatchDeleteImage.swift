extension ECR {
    /// Deletes images or tags, at most 100; missing ones are in `failures`.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func batchDeleteImage(_ input: BatchDeleteImageInput) async throws -> AWSResponse<BatchDeleteImageOutput> {
        try await client.json(Call(.ecr, "BatchDeleteImage", .once), input)
    }

    /// Input of `batchDeleteImage`.
    public struct BatchDeleteImageInput: Encodable, Sendable, Equatable {
        /// Repository.
        public var repositoryName: String
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Images by digest, or tags alone by tag.
        public var imageIds: [ImageIdentifier]

        /// Makes the input; what is nil is left out.
        public init(repositoryName: String, registryId: String? = nil, imageIds: [ImageIdentifier]) {
            self.repositoryName = repositoryName
            self.registryId = registryId
            self.imageIds = imageIds
        }
    }

    /// Output of `batchDeleteImage`.
    public struct BatchDeleteImageOutput: Decodable, Sendable, Equatable {
        /// What was deleted.
        public var imageIds: [ImageIdentifier]
        /// What was not.
        public var failures: [ImageFailure]

        /// Makes the value.
        public init(imageIds: [ImageIdentifier] = [], failures: [ImageFailure] = []) {
            self.imageIds = imageIds
            self.failures = failures
        }

        private enum CodingKeys: String, CodingKey {
            case imageIds, failures
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            imageIds = try members.decodeIfPresent([ImageIdentifier].self, forKey: .imageIds) ?? []
            failures = try members.decodeIfPresent([ImageFailure].self, forKey: .failures) ?? []
        }
    }
}
