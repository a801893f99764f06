extension ECS {
    /// Deletes a service; it must be at desired count 0 unless `force` is true.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteService(_ input: DeleteServiceInput) async throws -> AWSResponse<DeleteServiceOutput> {
        try await client.json(Call(.ecs, "DeleteService", .once), input)
    }

    /// Input of `deleteService`.
    public struct DeleteServiceInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Name or ARN of the service.
        public var service: String
        /// Whether it is deleted although it has tasks.
        public var force: Bool?

        /// Makes the input; what is nil is left out.
        public init(cluster: String? = nil, service: String, force: Bool? = nil) {
            self.cluster = cluster
            self.service = service
            self.force = force
        }
    }

    /// Output of `deleteService`.
    public struct DeleteServiceOutput: Decodable, Sendable, Equatable {
        /// The service, draining.
        public var service: Service?

        /// Makes the value.
        public init(service: Service? = nil) {
            self.service = service
        }
    }
}
