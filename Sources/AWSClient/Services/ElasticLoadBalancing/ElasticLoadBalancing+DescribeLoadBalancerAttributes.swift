extension ElasticLoadBalancing {
    /// Reads the settings of a load balancer.
    ///
    /// Effect: read_only. Token: none.
    /// Page:
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancerAttributes.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeLoadBalancerAttributes(_ input: DescribeLoadBalancerAttributesInput) async throws
        -> AWSResponse<DescribeLoadBalancerAttributesOutput>
    {
        try await client.query(Call(.elasticLoadBalancing, "DescribeLoadBalancerAttributes", .readOnly), input)
    }

    /// Input of `describeLoadBalancerAttributes`.
    public struct DescribeLoadBalancerAttributesInput: Sendable, Equatable {
        /// ARN.
        public var loadBalancerArn: String

        /// Makes the input; what is nil is left out.
        public init(loadBalancerArn: String) {
            self.loadBalancerArn = loadBalancerArn
        }
    }

    /// Output of `describeLoadBalancerAttributes`.
    public struct DescribeLoadBalancerAttributesOutput: Sendable, Equatable {
        /// The settings.
        public var attributes: [Attribute]

        /// Makes the value.
        public init(attributes: [Attribute] = []) {
            self.attributes = attributes
        }
    }
}

extension ElasticLoadBalancing.DescribeLoadBalancerAttributesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("LoadBalancerArn", loadBalancerArn)
    }
}

extension ElasticLoadBalancing.DescribeLoadBalancerAttributesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        attributes = try node.structures("Attributes", "member")
    }
}
