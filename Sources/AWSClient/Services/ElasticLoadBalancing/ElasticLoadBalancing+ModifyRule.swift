extension ElasticLoadBalancing {
    /// Changes a rule of a listener; what is nil stays as it is.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyRule.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func modifyRule(_ input: ModifyRuleInput) async throws -> AWSResponse<ModifyRuleOutput> {
        try await client.query(Call(.elasticLoadBalancing, "ModifyRule", .once), input)
    }

    /// Input of `modifyRule`.
    public struct ModifyRuleInput: Sendable, Equatable {
        /// Rule.
        public var ruleArn: String
        /// What is done with its requests.
        public var actions: [Action]?

        /// Makes the input; what is nil is left out.
        public init(ruleArn: String, actions: [Action]? = nil) {
            self.ruleArn = ruleArn
            self.actions = actions
        }
    }

    /// Output of `modifyRule`.
    public struct ModifyRuleOutput: Sendable, Equatable {
        /// The rule as it now is.
        public var rules: [Rule]

        /// Makes the value.
        public init(rules: [Rule]) {
            self.rules = rules
        }
    }
}

extension ElasticLoadBalancing.ModifyRuleInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RuleArn", ruleArn)
        form.add("Actions", actions)
    }
}

extension ElasticLoadBalancing.ModifyRuleOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        rules = try node.structures("Rules", "member")
    }
}
