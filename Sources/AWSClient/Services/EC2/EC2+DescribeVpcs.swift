extension EC2 {
    /// Describes VPCs, one page; `InvalidVpcID.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeVpcs(_ input: DescribeVpcsInput) async throws -> AWSResponse<DescribeVpcsOutput> {
        try await client.query(Call(.ec2, "DescribeVpcs", .readOnly), input)
    }

    /// All VPCs that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allVpcs(_ input: DescribeVpcsInput) async throws -> AWSResponse<[Vpc]> {
        try await allPages(
            .ec2,
            "DescribeVpcs",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeVpcs(page)
            },
            items: \.vpcs,
            next: \.nextToken
        )
    }

    /// Input of `describeVpcs`.
    public struct DescribeVpcsInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var vpcIds: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, 5 to 1,000; not together with ids.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(vpcIds: [String]? = nil, filters: [Filter]? = nil, nextToken: String? = nil, maxResults: Int? = nil)
        {
            self.vpcIds = vpcIds
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeVpcs`.
    public struct DescribeVpcsOutput: Sendable, Equatable {
        /// The VPCs.
        public var vpcs: [Vpc]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(vpcs: [Vpc] = [], nextToken: String? = nil) {
            self.vpcs = vpcs
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeVpcsInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("VpcId", vpcIds)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeVpcsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        vpcs = try node.structures("vpcSet", "item")
        nextToken = node.text("nextToken")
    }
}
