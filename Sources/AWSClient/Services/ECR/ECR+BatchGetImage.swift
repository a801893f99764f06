extension ECR {
    /// Reads manifests of images, at most 100; missing ones are in `failures`.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func batchGetImage(_ input: BatchGetImageInput) async throws -> AWSResponse<BatchGetImageOutput> {
        try await client.json(Call(.ecr, "BatchGetImage", .readOnly), input)
    }

    /// Input of `batchGetImage`.
    public struct BatchGetImageInput: Encodable, Sendable, Equatable {
        /// Repository.
        public var repositoryName: String
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Images.
        public var imageIds: [ImageIdentifier]
        /// Manifest types taken; nil lets ECR choose.
        public var acceptedMediaTypes: [String]?

        /// Makes the input; what is nil is left out.
        public init(
            repositoryName: String,
            registryId: String? = nil,
            imageIds: [ImageIdentifier],
            acceptedMediaTypes: [String]? = nil
        ) {
            self.repositoryName = repositoryName
            self.registryId = registryId
            self.imageIds = imageIds
            self.acceptedMediaTypes = acceptedMediaTypes
        }
    }

    /// Output of `batchGetImage`.
    public struct BatchGetImageOutput: Decodable, Sendable, Equatable {
        /// Images found.
        public var images: [Image]
        /// Images not found.
        public var failures: [ImageFailure]

        /// Makes the value.
        public init(images: [Image] = [], failures: [ImageFailure] = []) {
            self.images = images
            self.failures = failures
        }

        private enum CodingKeys: String, CodingKey {
            case images, failures
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            images = try members.decodeIfPresent([Image].self, forKey: .images) ?? []
            failures = try members.decodeIfPresent([ImageFailure].self, forKey: .failures) ?? []
        }
    }
}
