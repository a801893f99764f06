extension SSM {
    /// A parameter.
    public struct Parameter: Decodable, Sendable, Equatable {
        /// Name.
        public var name: String?
        /// `String`, `StringList` or `SecureString`.
        public var type: String?
        /// Value; a secret, as any parameter may hold one.
        public var value: Secret?
        /// Version.
        public var version: Int?
        /// When it changed last.
        public var lastModifiedDate: AWSTimestamp?
        /// ARN.
        public var arn: String?
        /// `text`, `aws:ec2:image` or `aws:ssm:integration`.
        public var dataType: String?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case type = "Type"
            case value = "Value"
            case version = "Version"
            case lastModifiedDate = "LastModifiedDate"
            case arn = "ARN"
            case dataType = "DataType"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
        }
    }
}
