extension CloudWatch {
    /// Reads metrics, one page; results of one id may be spread over pages.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getMetricData(_ input: GetMetricDataInput) async throws -> AWSResponse<GetMetricDataOutput> {
        try await client.json(Call(.cloudWatch, "GetMetricData", .readOnly), input)
    }

    /// Results of all pages, as they come.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allMetricDataResults(_ input: GetMetricDataInput) async throws -> AWSResponse<[MetricDataResult]> {
        try await allPages(
            .cloudWatch,
            "GetMetricData",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await getMetricData(page)
            },
            items: \.metricDataResults,
            next: \.nextToken
        )
    }

    /// Input of `getMetricData`.
    public struct GetMetricDataInput: Encodable, Sendable, Equatable {
        /// What is asked, at most 500.
        public var metricDataQueries: [MetricDataQuery]
        /// First moment.
        public var startTime: AWSTimestamp
        /// Moment after the last.
        public var endTime: AWSTimestamp
        /// `TimestampDescending` or `TimestampAscending`; nil means newest first.
        public var scanBy: String?
        /// Points a page, at most 100,800.
        public var maxDatapoints: Int?
        /// Page token.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case metricDataQueries = "MetricDataQueries"
            case startTime = "StartTime"
            case endTime = "EndTime"
            case scanBy = "ScanBy"
            case maxDatapoints = "MaxDatapoints"
            case nextToken = "NextToken"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(metricDataQueries: [MetricDataQuery], startTime: AWSTimestamp, endTime: AWSTimestamp) {
            self.metricDataQueries = metricDataQueries
            self.startTime = startTime
            self.endTime = endTime
        }
    }

    /// Output of `getMetricData`.
    public struct GetMetricDataOutput: Decodable, Sendable, Equatable {
        /// One entry a query.
        public var metricDataResults: [MetricDataResult]
        /// What CloudWatch has to say of the whole.
        public var messages: [MessageData]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case metricDataResults = "MetricDataResults"
            case messages = "Messages"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(metricDataResults: [MetricDataResult] = [], messages: [MessageData] = [], nextToken: String? = nil)
        {
            self.metricDataResults = metricDataResults
            self.messages = messages
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            metricDataResults = try members.decodeIfPresent([MetricDataResult].self, forKey: .metricDataResults) ?? []
            messages = try members.decodeIfPresent([MessageData].self, forKey: .messages) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
