extension ElasticLoadBalancing {
    /// A rule of a listener.
    public struct Rule: Sendable, Equatable {
        /// ARN.
        public var ruleArn: String?
        /// Place, `default` for the last.
        public var priority: String?
        /// When it applies.
        public var conditions: [RuleCondition]
        /// What is then done.
        public var actions: [Action]
        /// Whether it is the default rule.
        public var isDefault: Bool?

        /// Makes the value.
        public init(
            ruleArn: String? = nil,
            priority: String? = nil,
            conditions: [RuleCondition] = [],
            actions: [Action] = [],
            isDefault: Bool? = nil
        ) {
            self.ruleArn = ruleArn
            self.priority = priority
            self.conditions = conditions
            self.actions = actions
            self.isDefault = isDefault
        }
    }
}

extension ElasticLoadBalancing.Rule: XMLDecodable {
    init(xml node: XMLNode) throws {
        ruleArn = node.text("RuleArn")
        priority = node.text("Priority")
        conditions = try node.structures("Conditions", "member")
        actions = try node.structures("Actions", "member")
        isDefault = try node.boolean("IsDefault")
    }
}
