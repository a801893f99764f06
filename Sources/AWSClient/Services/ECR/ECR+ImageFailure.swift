extension ECR {
    /// Why one image was not served.
    public struct ImageFailure: Decodable, Sendable, Equatable {
        /// The image.
        public var imageId: ImageIdentifier?
        /// Such as `ImageNotFound`.
        public var failureCode: String?
        /// In words.
        public var failureReason: String?

        /// Makes the value.
        public init(imageId: ImageIdentifier? = nil, failureCode: String? = nil, failureReason: String? = nil) {
            self.imageId = imageId
            self.failureCode = failureCode
            self.failureReason = failureReason
        }
    }
}
