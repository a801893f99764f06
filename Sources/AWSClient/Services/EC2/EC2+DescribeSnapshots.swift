extension EC2 {
    /// Describes volume snapshots, one page; `InvalidSnapshot.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSnapshots.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeSnapshots(_ input: DescribeSnapshotsInput) async throws -> AWSResponse<DescribeSnapshotsOutput>
    {
        try await client.query(Call(.ec2, "DescribeSnapshots", .readOnly), input)
    }

    /// All snapshots that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allSnapshots(_ input: DescribeSnapshotsInput) async throws -> AWSResponse<[Snapshot]> {
        try await allPages(
            .ec2,
            "DescribeSnapshots",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeSnapshots(page)
            },
            items: \.snapshots,
            next: \.nextToken
        )
    }

    /// Input of `describeSnapshots`.
    public struct DescribeSnapshotsInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var snapshotIds: [String]?
        /// Accounts, `self` or `amazon`.
        public var ownerIds: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, 5 to 1,000; not together with ids.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            snapshotIds: [String]? = nil,
            ownerIds: [String]? = nil,
            filters: [Filter]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.snapshotIds = snapshotIds
            self.ownerIds = ownerIds
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeSnapshots`.
    public struct DescribeSnapshotsOutput: Sendable, Equatable {
        /// The snapshots.
        public var snapshots: [Snapshot]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(snapshots: [Snapshot] = [], nextToken: String? = nil) {
            self.snapshots = snapshots
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeSnapshotsInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("SnapshotId", snapshotIds)
        form.add("Owner", ownerIds)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeSnapshotsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        snapshots = try node.structures("snapshotSet", "item")
        nextToken = node.text("nextToken")
    }
}
