extension ServiceDiscovery {
    /// Lists services, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_ListServices.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listServices(_ input: ListServicesInput) async throws -> AWSResponse<ListServicesOutput> {
        try await client.json(Call(.serviceDiscovery, "ListServices", .readOnly), input)
    }

    /// All services that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allServices(_ input: ListServicesInput) async throws -> AWSResponse<[ServiceSummary]> {
        try await allPages(
            .serviceDiscovery,
            "ListServices",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listServices(page)
            },
            items: \.services,
            next: \.nextToken
        )
    }

    /// Input of `listServices`.
    public struct ListServicesInput: Encodable, Sendable, Equatable {
        /// Conditions.
        public var filters: [ServiceFilter]?
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
        public init(filters: [ServiceFilter]? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `listServices`.
    public struct ListServicesOutput: Decodable, Sendable, Equatable {
        /// The services.
        public var services: [ServiceSummary]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case services = "Services"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(services: [ServiceSummary] = [], nextToken: String? = nil) {
            self.services = services
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            services = try members.decodeIfPresent([ServiceSummary].self, forKey: .services) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
