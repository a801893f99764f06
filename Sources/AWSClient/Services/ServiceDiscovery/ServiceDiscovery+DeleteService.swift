extension ServiceDiscovery {
    /// Deletes a service without instances; `ResourceInUse` while it has some.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteService.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteService(_ input: DeleteServiceInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.serviceDiscovery, "DeleteService", .once), input)
    }

    /// Input of `deleteService`.
    public struct DeleteServiceInput: Encodable, Sendable, Equatable {
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
}
