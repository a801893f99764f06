extension ServiceDiscovery {
    /// Lists instances of a service, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_ListInstances.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listInstances(_ input: ListInstancesInput) async throws -> AWSResponse<ListInstancesOutput> {
        try await client.json(Call(.serviceDiscovery, "ListInstances", .readOnly), input)
    }

    /// All instances of a service.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allInstances(_ input: ListInstancesInput) async throws -> AWSResponse<[InstanceSummary]> {
        try await allPages(
            .serviceDiscovery,
            "ListInstances",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listInstances(page)
            },
            items: \.instances,
            next: \.nextToken
        )
    }

    /// Input of `listInstances`.
    public struct ListInstancesInput: Encodable, Sendable, Equatable {
        /// Service.
        public var serviceId: String
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxResults: Int?

        private enum CodingKeys: String, CodingKey {
            case serviceId = "ServiceId"
            case nextToken = "NextToken"
            case maxResults = "MaxResults"
        }

        /// Makes the input; what is nil is left out.
        public init(serviceId: String, nextToken: String? = nil, maxResults: Int? = nil) {
            self.serviceId = serviceId
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `listInstances`.
    public struct ListInstancesOutput: Decodable, Sendable, Equatable {
        /// The instances.
        public var instances: [InstanceSummary]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case instances = "Instances"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(instances: [InstanceSummary] = [], nextToken: String? = nil) {
            self.instances = instances
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            instances = try members.decodeIfPresent([InstanceSummary].self, forKey: .instances) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
