extension CloudWatchLogs {
    /// An event found.
    public struct FilteredLogEvent: Decodable, Sendable, Equatable {
        /// Stream.
        public var logStreamName: String?
        /// When it was.
        ///
        /// Unit: milliseconds since 1970.
        public var timestamp: Int?
        /// Text.
        public var message: String?
        /// When it came in.
        ///
        /// Unit: milliseconds since 1970.
        public var ingestionTime: Int?
        /// Id.
        public var eventId: String?

        /// Makes the value.
        public init(
            logStreamName: String? = nil,
            timestamp: Int? = nil,
            message: String? = nil,
            ingestionTime: Int? = nil,
            eventId: String? = nil
        ) {
            self.logStreamName = logStreamName
            self.timestamp = timestamp
            self.message = message
            self.ingestionTime = ingestionTime
            self.eventId = eventId
        }
    }
}
