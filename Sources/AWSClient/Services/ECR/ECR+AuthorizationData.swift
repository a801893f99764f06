extension ECR {
    /// A password for a registry.
    public struct AuthorizationData: Decodable, Sendable, Equatable {
        /// Base64 of `AWS:password`.
        public var authorizationToken: Secret
        /// When it ends.
        public var expiresAt: AWSTimestamp?
        /// Address of the registry, with `https://`.
        public var proxyEndpoint: String?

        /// Makes the value.
        public init(authorizationToken: Secret, expiresAt: AWSTimestamp? = nil, proxyEndpoint: String? = nil) {
            self.authorizationToken = authorizationToken
            self.expiresAt = expiresAt
            self.proxyEndpoint = proxyEndpoint
        }
    }
}
