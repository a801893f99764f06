extension CloudWatchLogs {
    /// Describes log groups, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeLogGroups(_ input: DescribeLogGroupsInput) async throws -> AWSResponse<DescribeLogGroupsOutput>
    {
        try await client.json(Call(.cloudWatchLogs, "DescribeLogGroups", .readOnly), input)
    }

    /// All log groups that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allLogGroups(_ input: DescribeLogGroupsInput) async throws -> AWSResponse<[LogGroup]> {
        try await allPages(
            .cloudWatchLogs,
            "DescribeLogGroups",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeLogGroups(page)
            },
            items: \.logGroups,
            next: \.nextToken
        )
    }

    /// Input of `describeLogGroups`.
    public struct DescribeLogGroupsInput: Encodable, Sendable, Equatable {
        /// Start of their names; nil means all.
        public var logGroupNamePrefix: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 50.
        public var limit: Int?

        /// Makes the input; what is nil is left out.
        public init(logGroupNamePrefix: String? = nil, nextToken: String? = nil, limit: Int? = nil) {
            self.logGroupNamePrefix = logGroupNamePrefix
            self.nextToken = nextToken
            self.limit = limit
        }
    }

    /// Output of `describeLogGroups`.
    public struct DescribeLogGroupsOutput: Decodable, Sendable, Equatable {
        /// The groups.
        public var logGroups: [LogGroup]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(logGroups: [LogGroup] = [], nextToken: String? = nil) {
            self.logGroups = logGroups
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case logGroups, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            logGroups = try members.decodeIfPresent([LogGroup].self, forKey: .logGroups) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
