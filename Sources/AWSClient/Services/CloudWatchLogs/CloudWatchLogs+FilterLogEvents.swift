extension CloudWatchLogs {
    /// Finds events of a log group, one page; a page may be empty and not the last.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func filterLogEvents(_ input: FilterLogEventsInput) async throws -> AWSResponse<FilterLogEventsOutput> {
        try await client.json(Call(.cloudWatchLogs, "FilterLogEvents", .readOnly), input)
    }

    /// All events that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allEvents(_ input: FilterLogEventsInput) async throws -> AWSResponse<[FilteredLogEvent]> {
        try await allPages(
            .cloudWatchLogs,
            "FilterLogEvents",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await filterLogEvents(page)
            },
            items: \.events,
            next: \.nextToken
        )
    }

    /// Input of `filterLogEvents`.
    public struct FilterLogEventsInput: Encodable, Sendable, Equatable {
        /// Name.
        public var logGroupName: String
        /// Streams; nil means all.
        public var logStreamNames: [String]?
        /// Start of the streams' names.
        public var logStreamNamePrefix: String?
        /// First moment.
        ///
        /// Unit: milliseconds since 1970.
        public var startTime: Int?
        /// Moment after the last.
        ///
        /// Unit: milliseconds since 1970.
        public var endTime: Int?
        /// Pattern; nil means all events.
        public var filterPattern: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 10,000.
        public var limit: Int?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(logGroupName: String) {
            self.logGroupName = logGroupName
        }
    }

    /// Output of `filterLogEvents`.
    public struct FilterLogEventsOutput: Decodable, Sendable, Equatable {
        /// The events.
        public var events: [FilteredLogEvent]
        /// Page token of the next page.
        public var nextToken: String?

        /// Makes the value.
        public init(events: [FilteredLogEvent] = [], nextToken: String? = nil) {
            self.events = events
            self.nextToken = nextToken
        }

        private enum CodingKeys: String, CodingKey {
            case events, nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            events = try members.decodeIfPresent([FilteredLogEvent].self, forKey: .events) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
