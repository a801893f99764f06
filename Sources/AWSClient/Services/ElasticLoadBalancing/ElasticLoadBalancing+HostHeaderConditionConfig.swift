extension ElasticLoadBalancing {
    /// Host names of a condition.
    public struct HostHeaderConditionConfig: Sendable, Equatable {
        /// Patterns.
        public var values: [String]

        /// Makes the value.
        public init(values: [String] = []) {
            self.values = values
        }
    }
}

extension ElasticLoadBalancing.HostHeaderConditionConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        values = node.texts("Values", "member")
    }
}
