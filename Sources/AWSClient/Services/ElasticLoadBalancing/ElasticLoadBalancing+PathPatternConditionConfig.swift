extension ElasticLoadBalancing {
    /// Paths of a condition.
    public struct PathPatternConditionConfig: Sendable, Equatable {
        /// Patterns.
        public var values: [String]

        /// Makes the value.
        public init(values: [String] = []) {
            self.values = values
        }
    }
}

extension ElasticLoadBalancing.PathPatternConditionConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        values = node.texts("Values", "member")
    }
}
