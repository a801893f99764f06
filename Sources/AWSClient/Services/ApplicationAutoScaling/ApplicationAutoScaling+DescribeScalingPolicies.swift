extension ApplicationAutoScaling {
    /// Describes policies of a resource, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingPolicies.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeScalingPolicies(_ input: DescribeScalingPoliciesInput) async throws -> AWSResponse<
        DescribeScalingPoliciesOutput
    > {
        try await client.json(Call(.applicationAutoScaling, "DescribeScalingPolicies", .readOnly), input)
    }

    /// Input of `describeScalingPolicies`.
    public struct DescribeScalingPoliciesInput: Encodable, Sendable, Equatable {
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String?
        /// Names.
        public var policyNames: [String]?
        /// Page token.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case serviceNamespace = "ServiceNamespace"
            case resourceId = "ResourceId"
            case policyNames = "PolicyNames"
            case nextToken = "NextToken"
        }

        /// Makes the input; what is nil is left out.
        public init(
            serviceNamespace: String,
            resourceId: String? = nil,
            policyNames: [String]? = nil,
            nextToken: String? = nil
        ) {
            self.serviceNamespace = serviceNamespace
            self.resourceId = resourceId
            self.policyNames = policyNames
            self.nextToken = nextToken
        }
    }

    /// Output of `describeScalingPolicies`.
    public struct DescribeScalingPoliciesOutput: Decodable, Sendable, Equatable {
        /// The policies.
        public var scalingPolicies: [ScalingPolicy]?
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case scalingPolicies = "ScalingPolicies"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(scalingPolicies: [ScalingPolicy]? = nil, nextToken: String? = nil) {
            self.scalingPolicies = scalingPolicies
            self.nextToken = nextToken
        }
    }
}
