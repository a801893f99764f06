extension ElasticLoadBalancing {
    /// A condition of a rule.
    public struct RuleCondition: Sendable, Equatable {
        /// `host-header`, `path-pattern`, `http-header` and so on.
        public var field: String?
        /// Values of host and path conditions in the old form.
        public var values: [String]
        /// Host names.
        public var hostHeaderConfig: HostHeaderConditionConfig?
        /// Paths.
        public var pathPatternConfig: PathPatternConditionConfig?

        /// Makes the value.
        public init(
            field: String? = nil,
            values: [String] = [],
            hostHeaderConfig: HostHeaderConditionConfig? = nil,
            pathPatternConfig: PathPatternConditionConfig? = nil
        ) {
            self.field = field
            self.values = values
            self.hostHeaderConfig = hostHeaderConfig
            self.pathPatternConfig = pathPatternConfig
        }
    }
}

extension ElasticLoadBalancing.RuleCondition: XMLDecodable {
    init(xml node: XMLNode) throws {
        field = node.text("Field")
        values = node.texts("Values", "member")
        hostHeaderConfig = try node.structure("HostHeaderConfig")
        pathPatternConfig = try node.structure("PathPatternConfig")
    }
}
