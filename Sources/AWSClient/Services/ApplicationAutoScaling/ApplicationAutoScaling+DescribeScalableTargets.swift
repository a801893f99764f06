extension ApplicationAutoScaling {
    /// Describes scalable targets, at most 50 by their resource ids.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalableTargets.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeScalableTargets(_ input: DescribeScalableTargetsInput) async throws -> AWSResponse<
        DescribeScalableTargetsOutput
    > {
        try await client.json(Call(.applicationAutoScaling, "DescribeScalableTargets", .readOnly), input)
    }

    /// Input of `describeScalableTargets`.
    public struct DescribeScalableTargetsInput: Encodable, Sendable, Equatable {
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE` each.
        public var resourceIds: [String]?
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String?
        /// Page token.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case serviceNamespace = "ServiceNamespace"
            case resourceIds = "ResourceIds"
            case scalableDimension = "ScalableDimension"
            case nextToken = "NextToken"
        }

        /// Makes the input; what is nil is left out.
        public init(
            serviceNamespace: String,
            resourceIds: [String]? = nil,
            scalableDimension: String? = nil,
            nextToken: String? = nil
        ) {
            self.serviceNamespace = serviceNamespace
            self.resourceIds = resourceIds
            self.scalableDimension = scalableDimension
            self.nextToken = nextToken
        }
    }

    /// Output of `describeScalableTargets`.
    public struct DescribeScalableTargetsOutput: Decodable, Sendable, Equatable {
        /// The targets.
        public var scalableTargets: [ScalableTarget]?
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case scalableTargets = "ScalableTargets"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(scalableTargets: [ScalableTarget]? = nil, nextToken: String? = nil) {
            self.scalableTargets = scalableTargets
            self.nextToken = nextToken
        }
    }
}
