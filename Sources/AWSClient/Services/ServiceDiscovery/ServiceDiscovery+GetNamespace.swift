extension ServiceDiscovery {
    /// Describes a namespace; `NamespaceNotFound` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_GetNamespace.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getNamespace(_ input: GetNamespaceInput) async throws -> AWSResponse<GetNamespaceOutput> {
        try await client.json(Call(.serviceDiscovery, "GetNamespace", .readOnly), input)
    }

    /// Input of `getNamespace`.
    public struct GetNamespaceInput: Encodable, Sendable, Equatable {
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

    /// Output of `getNamespace`.
    public struct GetNamespaceOutput: Decodable, Sendable, Equatable {
        /// The namespace.
        public var namespace: Namespace

        private enum CodingKeys: String, CodingKey {
            case namespace = "Namespace"
        }

        /// Makes the value.
        public init(namespace: Namespace) {
            self.namespace = namespace
        }
    }
}
