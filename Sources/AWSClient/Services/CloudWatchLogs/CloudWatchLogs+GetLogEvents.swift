extension CloudWatchLogs {
    /// Gets events of one log stream, one page; the newest unless `startFromHead` is true.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getLogEvents(_ input: GetLogEventsInput) async throws -> AWSResponse<GetLogEventsOutput> {
        try await client.json(Call(.cloudWatchLogs, "GetLogEvents", .readOnly), input)
    }

    /// Input of `getLogEvents`.
    public struct GetLogEventsInput: Encodable, Sendable, Equatable {
        /// Log group.
        public var logGroupName: String
        /// Stream.
        public var logStreamName: String
        /// Entries, at most 10,000.
        public var limit: Int?
        /// Whether the oldest come first.
        public var startFromHead: Bool?

        /// Makes the input; what is nil is left out.
        public init(logGroupName: String, logStreamName: String, limit: Int? = nil, startFromHead: Bool? = nil) {
            self.logGroupName = logGroupName
            self.logStreamName = logStreamName
            self.limit = limit
            self.startFromHead = startFromHead
        }
    }

    /// Output of `getLogEvents`.
    public struct GetLogEventsOutput: Decodable, Sendable, Equatable {
        /// The events.
        public var events: [OutputLogEvent]?

        /// Makes the value.
        public init(events: [OutputLogEvent]? = nil) {
            self.events = events
        }
    }
}
