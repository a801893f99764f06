extension ApplicationAutoScaling {
    /// Takes a scalable target away with its policies; `ObjectNotFoundException` when there is none.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deregisterScalableTarget(_ input: DeregisterScalableTargetInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.applicationAutoScaling, "DeregisterScalableTarget", .convergent), input)
    }

    /// Input of `deregisterScalableTarget`.
    public struct DeregisterScalableTargetInput: Encodable, Sendable, Equatable {
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String

        private enum CodingKeys: String, CodingKey {
            case serviceNamespace = "ServiceNamespace"
            case resourceId = "ResourceId"
            case scalableDimension = "ScalableDimension"
        }

        /// Makes the input; what is nil is left out.
        public init(serviceNamespace: String, resourceId: String, scalableDimension: String) {
            self.serviceNamespace = serviceNamespace
            self.resourceId = resourceId
            self.scalableDimension = scalableDimension
        }
    }
}
