extension ServiceDiscovery {
    /// Describes a service; `ServiceNotFound` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_GetService.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getService(_ input: GetServiceInput) async throws -> AWSResponse<GetServiceOutput> {
        try await client.json(Call(.serviceDiscovery, "GetService", .readOnly), input)
    }

    /// Input of `getService`.
    public struct GetServiceInput: Encodable, Sendable, Equatable {
        /// Id.
        public var id: String

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
        }

        /// Makes the input; what is nil is left out.
        public init(id: String) {
            self.id = id
        }
    }

    /// Output of `getService`.
    public struct GetServiceOutput: Decodable, Sendable, Equatable {
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
