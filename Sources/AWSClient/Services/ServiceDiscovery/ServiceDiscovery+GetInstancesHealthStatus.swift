extension ServiceDiscovery {
    /// Tells the health of instances, one page; those just registered may be missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_GetInstancesHealthStatus.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getInstancesHealthStatus(_ input: GetInstancesHealthStatusInput) async throws -> AWSResponse<
        GetInstancesHealthStatusOutput
    > {
        try await client.json(Call(.serviceDiscovery, "GetInstancesHealthStatus", .readOnly), input)
    }

    /// Input of `getInstancesHealthStatus`.
    public struct GetInstancesHealthStatusInput: Encodable, Sendable, Equatable {
        /// Service.
        public var serviceId: String
        /// Instance ids; nil means all.
        public var instances: [String]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxResults: Int?

        private enum CodingKeys: String, CodingKey {
            case serviceId = "ServiceId"
            case instances = "Instances"
            case nextToken = "NextToken"
            case maxResults = "MaxResults"
        }

        /// Makes the input; what is nil is left out.
        public init(serviceId: String, instances: [String]? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
            self.serviceId = serviceId
            self.instances = instances
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `getInstancesHealthStatus`.
    public struct GetInstancesHealthStatusOutput: Decodable, Sendable, Equatable {
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN` by instance id.
        public var status: [String: String]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case status = "Status"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(status: [String: String] = [:], nextToken: String? = nil) {
            self.status = status
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            status = try members.decodeIfPresent([String: String].self, forKey: .status) ?? [:]
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
