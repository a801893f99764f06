extension STS {
    /// Credentials of a session.
    public struct Credentials: Sendable, Equatable {
        /// Access key id.
        public var accessKeyId: String
        /// Secret access key.
        public var secretAccessKey: Secret
        /// Session token.
        public var sessionToken: Secret
        /// When they end.
        public var expiration: AWSTimestamp

        /// Makes the value.
        public init(accessKeyId: String, secretAccessKey: Secret, sessionToken: Secret, expiration: AWSTimestamp) {
            self.accessKeyId = accessKeyId
            self.secretAccessKey = secretAccessKey
            self.sessionToken = sessionToken
            self.expiration = expiration
        }
    }
}

extension STS.Credentials: XMLDecodable {
    init(xml node: XMLNode) throws {
        accessKeyId = try node.required("AccessKeyId")
        secretAccessKey = Secret(try node.required("SecretAccessKey"))
        sessionToken = Secret(try node.required("SessionToken"))
        expiration = try node.requiredTimestamp("Expiration")
    }
}
