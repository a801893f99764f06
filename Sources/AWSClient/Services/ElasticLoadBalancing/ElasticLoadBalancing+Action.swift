extension ElasticLoadBalancing {
    /// What is done with a request.
    public struct Action: Sendable, Equatable {
        /// `forward`, `redirect`, `fixed-response`, `authenticate-oidc` or `authenticate-cognito`.
        public var type: String
        /// Target group, when it forwards to one alone.
        public var targetGroupArn: String?
        /// Place among the actions.
        public var order: Int?
        /// Where it redirects to.
        public var redirectConfig: RedirectActionConfig?
        /// What it answers.
        public var fixedResponseConfig: FixedResponseActionConfig?
        /// Target groups and their weights.
        public var forwardConfig: ForwardActionConfig?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(type: String) {
            self.type = type
        }
    }
}

extension ElasticLoadBalancing.Action: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Type", type)
        form.add("TargetGroupArn", targetGroupArn)
        form.add("Order", order)
        form.add("RedirectConfig", redirectConfig)
        form.add("FixedResponseConfig", fixedResponseConfig)
        form.add("ForwardConfig", forwardConfig)
    }
}

extension ElasticLoadBalancing.Action: XMLDecodable {
    init(xml node: XMLNode) throws {
        type = try node.required("Type")
        targetGroupArn = node.text("TargetGroupArn")
        order = try node.integer("Order")
        redirectConfig = try node.structure("RedirectConfig")
        fixedResponseConfig = try node.structure("FixedResponseConfig")
        forwardConfig = try node.structure("ForwardConfig")
    }
}
