extension ElasticLoadBalancing {
    /// Changes settings of a load balancer; those that are not named stay.
    ///
    /// Effect: convergent. Token: none.
    /// Page:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_ModifyLoadBalancerAttributes.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func modifyLoadBalancerAttributes(_ input: ModifyLoadBalancerAttributesInput) async throws
        -> AWSResponse<ModifyLoadBalancerAttributesOutput>
    {
        try await client.query(Call(.elasticLoadBalancing, "ModifyLoadBalancerAttributes", .convergent), input)
    }

    /// Input of `modifyLoadBalancerAttributes`.
    public struct ModifyLoadBalancerAttributesInput: Sendable, Equatable {
        /// ARN.
        public var loadBalancerArn: String
        /// The settings.
        public var attributes: [Attribute]

        /// Makes the input.
        public init(loadBalancerArn: String, attributes: [Attribute]) {
            self.loadBalancerArn = loadBalancerArn
            self.attributes = attributes
        }
    }

    /// Output of `modifyLoadBalancerAttributes`.
    public struct ModifyLoadBalancerAttributesOutput: Sendable, Equatable {
        /// The settings as they are now.
        public var attributes: [Attribute]

        /// Makes the value.
        public init(attributes: [Attribute] = []) {
            self.attributes = attributes
        }
    }
}

extension ElasticLoadBalancing.ModifyLoadBalancerAttributesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("LoadBalancerArn", loadBalancerArn)
        form.add("Attributes", attributes)
    }
}

extension ElasticLoadBalancing.Attribute: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Key", key)
        form.add("Value", value)
    }
}

extension ElasticLoadBalancing.ModifyLoadBalancerAttributesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        attributes = try node.structures("Attributes", "member")
    }
}
