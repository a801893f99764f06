extension EC2 {
    /// Describes subnets, one page; `InvalidSubnetID.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSubnets.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeSubnets(_ input: DescribeSubnetsInput) async throws -> AWSResponse<DescribeSubnetsOutput> {
        try await client.query(Call(.ec2, "DescribeSubnets", .readOnly), input)
    }

    /// All subnets that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allSubnets(_ input: DescribeSubnetsInput) async throws -> AWSResponse<[Subnet]> {
        try await allPages(
            .ec2,
            "DescribeSubnets",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeSubnets(page)
            },
            items: \.subnets,
            next: \.nextToken
        )
    }

    /// Input of `describeSubnets`.
    public struct DescribeSubnetsInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var subnetIds: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, 5 to 1,000; not together with ids.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            subnetIds: [String]? = nil,
            filters: [Filter]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.subnetIds = subnetIds
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeSubnets`.
    public struct DescribeSubnetsOutput: Sendable, Equatable {
        /// The subnets.
        public var subnets: [Subnet]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(subnets: [Subnet] = [], nextToken: String? = nil) {
            self.subnets = subnets
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeSubnetsInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("SubnetId", subnetIds)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeSubnetsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        subnets = try node.structures("subnetSet", "item")
        nextToken = node.text("nextToken")
    }
}
