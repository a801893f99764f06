extension STS {
    /// Identity of a session.
    public struct AssumedRoleUser: Sendable, Equatable {
        /// `role id:session name`.
        public var assumedRoleId: String
        /// ARN of the session.
        public var arn: String

        /// Makes the value.
        public init(assumedRoleId: String, arn: String) {
            self.assumedRoleId = assumedRoleId
            self.arn = arn
        }
    }
}

extension STS.AssumedRoleUser: XMLDecodable {
    init(xml node: XMLNode) throws {
        assumedRoleId = try node.required("AssumedRoleId")
        arn = try node.required("Arn")
    }
}
