extension ServiceDiscovery {
    /// Finds instances as clients do, by the API.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/cloud-map/latest/api/API_DiscoverInstances.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func discoverInstances(_ input: DiscoverInstancesInput) async throws -> AWSResponse<DiscoverInstancesOutput>
    {
        var call = Call(.serviceDiscovery, "DiscoverInstances", .readOnly)
        call.hostPrefix = "data-"
        return try await client.json(call, input)
    }

    /// Input of `discoverInstances`.
    public struct DiscoverInstancesInput: Encodable, Sendable, Equatable {
        /// Namespace.
        public var namespaceName: String
        /// Service.
        public var serviceName: String
        /// Most instances, at most 1,000; nil means 100.
        public var maxResults: Int?
        /// Attributes that must match.
        public var queryParameters: [String: String]?
        /// `HEALTHY`, `UNHEALTHY`, `ALL` or `HEALTHY_OR_ELSE_ALL`.
        public var healthStatus: String?

        private enum CodingKeys: String, CodingKey {
            case namespaceName = "NamespaceName"
            case serviceName = "ServiceName"
            case maxResults = "MaxResults"
            case queryParameters = "QueryParameters"
            case healthStatus = "HealthStatus"
        }

        /// Makes the input; what is nil is left out.
        public init(
            namespaceName: String,
            serviceName: String,
            maxResults: Int? = nil,
            queryParameters: [String: String]? = nil,
            healthStatus: String? = nil
        ) {
            self.namespaceName = namespaceName
            self.serviceName = serviceName
            self.maxResults = maxResults
            self.queryParameters = queryParameters
            self.healthStatus = healthStatus
        }
    }

    /// Output of `discoverInstances`.
    public struct DiscoverInstancesOutput: Decodable, Sendable, Equatable {
        /// The instances.
        public var instances: [DiscoveredInstance]
        /// Rises whenever the instances change.
        public var instancesRevision: Int?

        private enum CodingKeys: String, CodingKey {
            case instances = "Instances"
            case instancesRevision = "InstancesRevision"
        }

        /// Makes the value.
        public init(instances: [DiscoveredInstance] = [], instancesRevision: Int? = nil) {
            self.instances = instances
            self.instancesRevision = instancesRevision
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            instances = try members.decodeIfPresent([DiscoveredInstance].self, forKey: .instances) ?? []
            instancesRevision = try members.decodeIfPresent(Int.self, forKey: .instancesRevision)
        }
    }
}
