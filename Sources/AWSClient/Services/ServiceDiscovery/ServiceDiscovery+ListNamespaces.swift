extension ServiceDiscovery {
    /// Lists namespaces, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_ListNamespaces.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listNamespaces(_ input: ListNamespacesInput) async throws -> AWSResponse<ListNamespacesOutput> {
        try await client.json(Call(.serviceDiscovery, "ListNamespaces", .readOnly), input)
    }

    /// All namespaces that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allNamespaces(_ input: ListNamespacesInput) async throws -> AWSResponse<[NamespaceSummary]> {
        try await allPages(
            .serviceDiscovery,
            "ListNamespaces",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listNamespaces(page)
            },
            items: \.namespaces,
            next: \.nextToken
        )
    }

    /// Input of `listNamespaces`.
    public struct ListNamespacesInput: Encodable, Sendable, Equatable {
        /// Conditions.
        public var filters: [NamespaceFilter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxResults: Int?

        private enum CodingKeys: String, CodingKey {
            case filters = "Filters"
            case nextToken = "NextToken"
            case maxResults = "MaxResults"
        }

        /// Makes the input; what is nil is left out.
        public init(filters: [NamespaceFilter]? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `listNamespaces`.
    public struct ListNamespacesOutput: Decodable, Sendable, Equatable {
        /// The namespaces.
        public var namespaces: [NamespaceSummary]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case namespaces = "Namespaces"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(namespaces: [NamespaceSummary] = [], nextToken: String? = nil) {
            self.namespaces = namespaces
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            namespaces = try members.decodeIfPresent([NamespaceSummary].self, forKey: .namespaces) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
