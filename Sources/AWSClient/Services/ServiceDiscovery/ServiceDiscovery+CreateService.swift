extension ServiceDiscovery {
    /// Creates a service; `ServiceAlreadyExists` when there is one of that name.
    ///
    /// Effect: token. Token: `creatorRequestId`.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createService(_ input: CreateServiceInput) async throws -> AWSResponse<CreateServiceOutput> {
        try await client.json(Call(.serviceDiscovery, "CreateService", .token), input)
    }

    /// Input of `createService`.
    public struct CreateServiceInput: Encodable, Sendable, Equatable {
        /// Name.
        public var name: String
        /// Namespace.
        public var namespaceId: String?
        /// Token that makes a repeated call one, at most 64 characters.
        public var creatorRequestId: String
        /// What it is for.
        public var description: String?
        /// DNS records of its instances.
        public var dnsConfig: DnsConfig?
        /// Health told by the API, as ECS does.
        public var healthCheckCustomConfig: HealthCheckCustomConfig?
        /// Tags.
        public var tags: [Tag]?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case namespaceId = "NamespaceId"
            case creatorRequestId = "CreatorRequestId"
            case description = "Description"
            case dnsConfig = "DnsConfig"
            case healthCheckCustomConfig = "HealthCheckCustomConfig"
            case tags = "Tags"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(name: String, creatorRequestId: String) {
            self.name = name
            self.creatorRequestId = creatorRequestId
        }
    }

    /// Output of `createService`.
    public struct CreateServiceOutput: Decodable, Sendable, Equatable {
        /// The service.
        public var service: Service

        private enum CodingKeys: String, CodingKey {
            case service = "Service"
        }

        /// Makes the value.
        public init(service: Service) {
            self.service = service
        }
    }
}
