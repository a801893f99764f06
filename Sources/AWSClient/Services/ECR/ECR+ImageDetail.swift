extension ECR {
    /// What ECR knows of an image.
    public struct ImageDetail: Decodable, Sendable, Equatable {
        /// Repository.
        public var repositoryName: String?
        /// Digest, `sha256:…`.
        public var imageDigest: String
        /// Tags on it.
        public var imageTags: [String]
        /// Bytes of its layers, compressed.
        public var imageSizeInBytes: Int?
        /// When it was pushed last.
        public var imagePushedAt: AWSTimestamp?
        /// Media type of its manifest.
        public var imageManifestMediaType: String?
        /// How far its scan is; nil when none was started.
        public var imageScanStatus: ImageScanStatus?
        /// What its scan found.
        public var imageScanFindingsSummary: ImageScanFindingsSummary?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(imageDigest: String) {
            self.imageDigest = imageDigest
            imageTags = []
        }

        private enum CodingKeys: String, CodingKey {
            case repositoryName, imageDigest, imageTags, imageSizeInBytes, imagePushedAt, imageManifestMediaType
            case imageScanStatus, imageScanFindingsSummary
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            repositoryName = try members.decodeIfPresent(String.self, forKey: .repositoryName)
            imageDigest = try members.decode(String.self, forKey: .imageDigest)
            imageTags = try members.decodeIfPresent([String].self, forKey: .imageTags) ?? []
            imageSizeInBytes = try members.decodeIfPresent(Int.self, forKey: .imageSizeInBytes)
            imagePushedAt = try members.decodeIfPresent(AWSTimestamp.self, forKey: .imagePushedAt)
            imageManifestMediaType = try members.decodeIfPresent(String.self, forKey: .imageManifestMediaType)
            imageScanStatus = try members.decodeIfPresent(ImageScanStatus.self, forKey: .imageScanStatus)
            imageScanFindingsSummary = try members.decodeIfPresent(
                ImageScanFindingsSummary.self,
                forKey: .imageScanFindingsSummary
            )
        }
    }
}
