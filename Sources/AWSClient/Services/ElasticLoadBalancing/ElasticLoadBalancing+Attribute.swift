extension ElasticLoadBalancing {
    /// A setting of a load balancer.
    public struct Attribute: Sendable, Equatable {
        /// Name, such as `client_keep_alive.seconds`.
        public var key: String?
        /// Value.
        public var value: String?

        /// Makes the value.
        public init(key: String? = nil, value: String? = nil) {
            self.key = key
            self.value = value
        }
    }
}

extension ElasticLoadBalancing.Attribute: XMLDecodable {
    init(xml node: XMLNode) throws {
        key = node.text("Key")
        value = node.text("Value")
    }
}
