extension ECS {
    /// Describes clusters, at most 100; missing ones are in `failures`.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeClusters(_ input: DescribeClustersInput) async throws -> AWSResponse<DescribeClustersOutput> {
        try await client.json(Call(.ecs, "DescribeClusters", .readOnly), input)
    }

    /// Input of `describeClusters`.
    public struct DescribeClustersInput: Encodable, Sendable, Equatable {
        /// Names or ARNs; nil means `default`.
        public var clusters: [String]?
        /// Extra parts: `ATTACHMENTS`, `CONFIGURATIONS`, `SETTINGS`, `STATISTICS`, `TAGS`.
        public var include: [String]?

        /// Makes the input; what is nil is left out.
        public init(clusters: [String]? = nil, include: [String]? = nil) {
            self.clusters = clusters
            self.include = include
        }
    }

    /// Output of `describeClusters`.
    public struct DescribeClustersOutput: Decodable, Sendable, Equatable {
        /// Clusters found.
        public var clusters: [Cluster]
        /// Clusters not found.
        public var failures: [Failure]

        /// Makes the value.
        public init(clusters: [Cluster] = [], failures: [Failure] = []) {
            self.clusters = clusters
            self.failures = failures
        }

        private enum CodingKeys: String, CodingKey {
            case clusters, failures
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            clusters = try members.decodeIfPresent([Cluster].self, forKey: .clusters) ?? []
            failures = try members.decodeIfPresent([Failure].self, forKey: .failures) ?? []
        }
    }
}
