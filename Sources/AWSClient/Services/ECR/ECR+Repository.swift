extension ECR {
    /// A repository of images.
    public struct Repository: Decodable, Sendable, Equatable {
        /// ARN.
        public var repositoryArn: String
        /// Account of the registry.
        public var registryId: String?
        /// Name.
        public var repositoryName: String
        /// Address for pulling and pushing, without tag.
        public var repositoryUri: String
        /// When it was created.
        public var createdAt: AWSTimestamp?
        /// `MUTABLE` or `IMMUTABLE`.
        public var imageTagMutability: String?
        /// Whether images are scanned when pushed.
        public var imageScanningConfiguration: ImageScanningConfiguration?
        /// How images are encrypted.
        public var encryptionConfiguration: EncryptionConfiguration?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(repositoryArn: String, repositoryName: String, repositoryUri: String) {
            self.repositoryArn = repositoryArn
            self.repositoryName = repositoryName
            self.repositoryUri = repositoryUri
        }
    }
}
