extension ElasticLoadBalancing {
    /// State of a load balancer.
    public struct LoadBalancerState: Sendable, Equatable {
        /// `active`, `provisioning`, `active_impaired` or `failed`.
        public var code: String?
        /// Why.
        public var reason: String?

        /// Makes the value.
        public init(code: String? = nil, reason: String? = nil) {
            self.code = code
            self.reason = reason
        }
    }
}

extension ElasticLoadBalancing.LoadBalancerState: XMLDecodable {
    init(xml node: XMLNode) throws {
        code = node.text("Code")
        reason = node.text("Reason")
    }
}
