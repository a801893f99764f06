extension ECR {
    /// An image's manifest.
    public struct Image: Decodable, Sendable, Equatable {
        /// Account of the registry.
        public var registryId: String?
        /// Repository.
        public var repositoryName: String?
        /// Digest and tag.
        public var imageId: ImageIdentifier?
        /// Manifest, byte for byte.
        public var imageManifest: String?
        /// Media type of the manifest.
        public var imageManifestMediaType: String?

        /// Makes the value.
        public init(
            registryId: String? = nil,
            repositoryName: String? = nil,
            imageId: ImageIdentifier? = nil,
            imageManifest: String? = nil,
            imageManifestMediaType: String? = nil
        ) {
            self.registryId = registryId
            self.repositoryName = repositoryName
            self.imageId = imageId
            self.imageManifest = imageManifest
            self.imageManifestMediaType = imageManifestMediaType
        }
    }
}
