extension ECR {
    /// How images are encrypted at rest.
    public struct EncryptionConfiguration: Codable, Sendable, Equatable {
        /// `AES256`, `KMS` or `KMS_DSSE`.
        public var encryptionType: String
        /// Key, for `KMS`.
        public var kmsKey: String?

        /// Makes the value.
        public init(encryptionType: String, kmsKey: String? = nil) {
            self.encryptionType = encryptionType
            self.kmsKey = kmsKey
        }
    }
}
