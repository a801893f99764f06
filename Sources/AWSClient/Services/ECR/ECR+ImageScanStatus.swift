extension ECR {
    /// How far the scan of an image is.
    public struct ImageScanStatus: Decodable, Sendable, Equatable {
        /// `IN_PROGRESS`, `COMPLETE`, `FAILED`, `ACTIVE`, `PENDING` and others.
        public var status: String?
        /// In words.
        public var description: String?

        /// Makes the value.
        public init(status: String? = nil, description: String? = nil) {
            self.status = status
            self.description = description
        }
    }
}
