extension ECR {
    /// An image by digest, by tag or by both.
    public struct ImageIdentifier: Codable, Sendable, Equatable {
        /// Digest, `sha256:…`.
        public var imageDigest: String?
        /// Tag.
        public var imageTag: String?

        /// Makes the value.
        public init(imageDigest: String? = nil, imageTag: String? = nil) {
            self.imageDigest = imageDigest
            self.imageTag = imageTag
        }
    }
}
