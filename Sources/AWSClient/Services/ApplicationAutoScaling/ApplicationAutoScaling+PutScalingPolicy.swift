extension ApplicationAutoScaling {
    /// Makes a policy or replaces it.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putScalingPolicy(_ input: PutScalingPolicyInput) async throws -> AWSResponse<PutScalingPolicyOutput> {
        try await client.json(Call(.applicationAutoScaling, "PutScalingPolicy", .convergent), input)
    }

    /// Input of `putScalingPolicy`.
    public struct PutScalingPolicyInput: Encodable, Sendable, Equatable {
        /// Name.
        public var policyName: String
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String
        /// `TargetTrackingScaling`.
        public var policyType: String
        /// Metric and value.
        public var targetTracking: TargetTracking?

        private enum CodingKeys: String, CodingKey {
            case policyName = "PolicyName"
            case serviceNamespace = "ServiceNamespace"
            case resourceId = "ResourceId"
            case scalableDimension = "ScalableDimension"
            case policyType = "PolicyType"
            case targetTracking = "TargetTrackingScalingPolicyConfiguration"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(
            policyName: String,
            serviceNamespace: String,
            resourceId: String,
            scalableDimension: String,
            policyType: String
        ) {
            self.policyName = policyName
            self.serviceNamespace = serviceNamespace
            self.resourceId = resourceId
            self.scalableDimension = scalableDimension
            self.policyType = policyType
        }
    }

    /// Output of `putScalingPolicy`.
    public struct PutScalingPolicyOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var policyARN: String?

        private enum CodingKeys: String, CodingKey {
            case policyARN = "PolicyARN"
        }

        /// Makes the value.
        public init(policyARN: String? = nil) {
            self.policyARN = policyARN
        }
    }
}
