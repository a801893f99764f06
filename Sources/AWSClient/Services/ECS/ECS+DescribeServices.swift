extension ECS {
    /// Describes services of one cluster, at most ten; missing ones are in `failures`.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeServices(_ input: DescribeServicesInput) async throws -> AWSResponse<DescribeServicesOutput> {
        try await client.json(Call(.ecs, "DescribeServices", .readOnly), input)
    }

    /// Input of `describeServices`.
    public struct DescribeServicesInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Names or ARNs.
        public var services: [String]
        /// Extra parts: `TAGS`.
        public var include: [String]?

        /// Makes the input; what is nil is left out.
        public init(cluster: String? = nil, services: [String], include: [String]? = nil) {
            self.cluster = cluster
            self.services = services
            self.include = include
        }
    }

    /// Output of `describeServices`.
    public struct DescribeServicesOutput: Decodable, Sendable, Equatable {
        /// Services found, also `INACTIVE` ones of the last hours.
        public var services: [Service]
        /// Services not found.
        public var failures: [Failure]

        /// Makes the value.
        public init(services: [Service] = [], failures: [Failure] = []) {
            self.services = services
            self.failures = failures
        }

        private enum CodingKeys: String, CodingKey {
            case services, failures
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            services = try members.decodeIfPresent([Service].self, forKey: .services) ?? []
            failures = try members.decodeIfPresent([Failure].self, forKey: .failures) ?? []
        }
    }
}
