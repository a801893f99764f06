extension CodeDeploy {
    /// An AppSpec in a bucket.
    public struct S3Location: Codable, Sendable, Equatable {
        /// Bucket.
        public var bucket: String
        /// Key.
        public var key: String
        /// `JSON`, `YAML`, `zip`; nil when the service does not say.
        public var bundleType: String?
        /// Tag of the object.
        public var eTag: String?

        /// Makes the value.
        public init(bucket: String, key: String, bundleType: String?, eTag: String? = nil) {
            self.bucket = bucket
            self.key = key
            self.bundleType = bundleType
            self.eTag = eTag
        }
    }
}
