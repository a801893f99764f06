extension ECS {
    /// Lists ARNs of the account's clusters in the region, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListClusters.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listClusters(_ input: ListClustersInput) async throws -> AWSResponse<ListClustersOutput> {
        try await client.json(Call(.ecs, "ListClusters", .readOnly), input)
    }

    /// ARNs of all clusters.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allClusterArns() async throws -> AWSResponse<[String]> {
        try await allPages(
            .ecs,
            "ListClusters",
            fetch: { try await listClusters(ListClustersInput(nextToken: $0)) },
            items: { $0.clusterArns ?? [] },
            next: \.nextToken
        )
    }

    /// Input of `listClusters`.
    public struct ListClustersInput: Encodable, Sendable, Equatable {
        /// Page token.
        public var nextToken: String?

        /// Makes the input; what is nil is left out.
        public init(nextToken: String? = nil) {
            self.nextToken = nextToken
        }
    }

    /// Output of `listClusters`.
    public struct ListClustersOutput: Decodable, Sendable, Equatable {
        /// ARNs.
        public var clusterArns: [String]?
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(clusterArns: [String]? = nil, nextToken: String? = nil) {
            self.clusterArns = clusterArns
            self.nextToken = nextToken
        }
    }
}
