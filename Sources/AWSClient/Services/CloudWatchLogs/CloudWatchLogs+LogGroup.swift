extension CloudWatchLogs {
    /// A log group.
    public struct LogGroup: Decodable, Sendable, Equatable {
        /// Name.
        public var logGroupName: String?
        /// ARN, ending in `:*`.
        public var arn: String?
        /// Days that events are kept; nil means for ever.
        public var retentionInDays: Int?
        /// Bytes stored.
        public var storedBytes: Int?
        /// ARN of the key.
        public var kmsKeyId: String?
        /// When it was created.
        ///
        /// Unit: milliseconds since 1970.
        public var creationTime: Int?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
        }
    }
}
