extension EC2 {
    /// Describes security groups, one page; `InvalidGroup.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeSecurityGroups(_ input: DescribeSecurityGroupsInput) async throws -> AWSResponse<
        DescribeSecurityGroupsOutput
    > {
        try await client.query(Call(.ec2, "DescribeSecurityGroups", .readOnly), input)
    }

    /// All security groups that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allSecurityGroups(_ input: DescribeSecurityGroupsInput) async throws -> AWSResponse<[SecurityGroup]> {
        try await allPages(
            .ec2,
            "DescribeSecurityGroups",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeSecurityGroups(page)
            },
            items: \.securityGroups,
            next: \.nextToken
        )
    }

    /// Input of `describeSecurityGroups`.
    public struct DescribeSecurityGroupsInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var groupIds: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, 5 to 1,000; not together with ids.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            groupIds: [String]? = nil,
            filters: [Filter]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.groupIds = groupIds
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeSecurityGroups`.
    public struct DescribeSecurityGroupsOutput: Sendable, Equatable {
        /// The groups.
        public var securityGroups: [SecurityGroup]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(securityGroups: [SecurityGroup] = [], nextToken: String? = nil) {
            self.securityGroups = securityGroups
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeSecurityGroupsInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("GroupId", groupIds)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeSecurityGroupsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        securityGroups = try node.structures("securityGroupInfo", "item")
        nextToken = node.text("nextToken")
    }
}
