extension IAM {
    /// One OIDC provider in a list.
    public struct OpenIDConnectProviderEntry: Sendable, Equatable {
        /// ARN of the provider.
        public var arn: String?

        /// Makes the value.
        public init(arn: String? = nil) {
            self.arn = arn
        }
    }
}

extension IAM.OpenIDConnectProviderEntry: XMLDecodable {
    init(xml node: XMLNode) throws {
        arn = node.text("Arn")
    }
}
