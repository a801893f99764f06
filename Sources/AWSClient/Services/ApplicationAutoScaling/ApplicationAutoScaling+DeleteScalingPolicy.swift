extension ApplicationAutoScaling {
    /// Deletes a policy; `ObjectNotFoundException` when there is none.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteScalingPolicy(_ input: DeleteScalingPolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.applicationAutoScaling, "DeleteScalingPolicy", .convergent), input)
    }

    /// Input of `deleteScalingPolicy`.
    public struct DeleteScalingPolicyInput: Encodable, Sendable, Equatable {
        /// Name.
        public var policyName: String
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String

        private enum CodingKeys: String, CodingKey {
            case policyName = "PolicyName"
            case serviceNamespace = "ServiceNamespace"
            case resourceId = "ResourceId"
            case scalableDimension = "ScalableDimension"
        }

        /// Makes the input; what is nil is left out.
        public init(policyName: String, serviceNamespace: String, resourceId: String, scalableDimension: String) {
            self.policyName = policyName
            self.serviceNamespace = serviceNamespace
            self.resourceId = resourceId
            self.scalableDimension = scalableDimension
        }
    }
}
