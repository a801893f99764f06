extension CloudWatchLogs {
    /// An event of a log stream.
    public struct OutputLogEvent: Decodable, Sendable, Equatable {
        /// Milliseconds since 1970.
        public var timestamp: Int64?
        /// Its text.
        public var message: String?

        /// Makes the value.
        public init(timestamp: Int64? = nil, message: String? = nil) {
            self.timestamp = timestamp
            self.message = message
        }
    }
}
