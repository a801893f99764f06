extension ECR {
    /// Puts a manifest whose layers are there; `ImageAlreadyExistsException` when tag and digest are.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putImage(_ input: PutImageInput) async throws -> AWSResponse<PutImageOutput> {
        try await client.json(Call(.ecr, "PutImage", .once), input)
    }

    /// Input of `putImage`.
    public struct PutImageInput: Encodable, Sendable, Equatable {
        /// Repository.
        public var repositoryName: String
        /// Account of the registry; nil means our own.
        public var registryId: String?
        /// Manifest, byte for byte.
        public var imageManifest: String
        /// Its media type; nil when the manifest says so itself.
        public var imageManifestMediaType: String?
        /// Tag to put on it.
        public var imageTag: String?
        /// Digest that it must have.
        public var imageDigest: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(repositoryName: String, imageManifest: String) {
            self.repositoryName = repositoryName
            self.imageManifest = imageManifest
        }
    }

    /// Output of `putImage`.
    public struct PutImageOutput: Decodable, Sendable, Equatable {
        /// The image.
        public var image: Image

        /// Makes the value.
        public init(image: Image) {
            self.image = image
        }
    }
}
