extension ApplicationAutoScaling {
    /// Registers a scalable target, or changes its limits.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func registerScalableTarget(_ input: RegisterScalableTargetInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.applicationAutoScaling, "RegisterScalableTarget", .convergent), input)
    }

    /// Input of `registerScalableTarget`.
    public struct RegisterScalableTargetInput: Encodable, Sendable, Equatable {
        /// `ecs`.
        public var serviceNamespace: String
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String
        /// Fewest; needed for a new target.
        public var minCapacity: Int?
        /// Most; needed for a new target.
        public var maxCapacity: Int?

        private enum CodingKeys: String, CodingKey {
            case serviceNamespace = "ServiceNamespace"
            case resourceId = "ResourceId"
            case scalableDimension = "ScalableDimension"
            case minCapacity = "MinCapacity"
            case maxCapacity = "MaxCapacity"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(serviceNamespace: String, resourceId: String, scalableDimension: String) {
            self.serviceNamespace = serviceNamespace
            self.resourceId = resourceId
            self.scalableDimension = scalableDimension
        }
    }
}
