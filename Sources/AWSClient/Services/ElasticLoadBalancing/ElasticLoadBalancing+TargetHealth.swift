extension ElasticLoadBalancing {
    /// Health.
    public struct TargetHealth: Sendable, Equatable {
        /// `initial`, `healthy`, `unhealthy`, `unhealthy.draining`, `unused`, `draining` or `unavailable`.
        public var state: String?
        /// Code, such as `Target.FailedHealthChecks`.
        public var reason: String?
        /// In words.
        public var description: String?

        /// Makes the value.
        public init(state: String? = nil, reason: String? = nil, description: String? = nil) {
            self.state = state
            self.reason = reason
            self.description = description
        }
    }
}

extension ElasticLoadBalancing.TargetHealth: XMLDecodable {
    init(xml node: XMLNode) throws {
        state = node.text("State")
        reason = node.text("Reason")
        description = node.text("Description")
    }
}
