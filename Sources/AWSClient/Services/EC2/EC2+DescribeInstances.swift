extension EC2 {
    /// Describes instances by reservation, one page; `InvalidInstanceID.NotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeInstances(_ input: DescribeInstancesInput) async throws -> AWSResponse<DescribeInstancesOutput>
    {
        try await client.query(Call(.ec2, "DescribeInstances", .readOnly), input)
    }

    /// All reservations with instances that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allReservations(_ input: DescribeInstancesInput) async throws -> AWSResponse<[Reservation]> {
        try await allPages(
            .ec2,
            "DescribeInstances",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await describeInstances(page)
            },
            items: \.reservations,
            next: \.nextToken
        )
    }

    /// Input of `describeInstances`.
    public struct DescribeInstancesInput: Sendable, Equatable {
        /// Ids; nil means all.
        public var instanceIds: [String]?
        /// Conditions.
        public var filters: [Filter]?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, 5 to 1,000; not together with ids.
        public var maxResults: Int?

        /// Makes the input; what is nil is left out.
        public init(
            instanceIds: [String]? = nil,
            filters: [Filter]? = nil,
            nextToken: String? = nil,
            maxResults: Int? = nil
        ) {
            self.instanceIds = instanceIds
            self.filters = filters
            self.nextToken = nextToken
            self.maxResults = maxResults
        }
    }

    /// Output of `describeInstances`.
    public struct DescribeInstancesOutput: Sendable, Equatable {
        /// Reservations with their instances.
        public var reservations: [Reservation]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(reservations: [Reservation] = [], nextToken: String? = nil) {
            self.reservations = reservations
            self.nextToken = nextToken
        }
    }
}

extension EC2.DescribeInstancesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("InstanceId", instanceIds)
        form.add("Filter", filters)
        form.add("NextToken", nextToken)
        form.add("MaxResults", maxResults)
    }
}

extension EC2.DescribeInstancesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        reservations = try node.structures("reservationSet", "item")
        nextToken = node.text("nextToken")
    }
}
