extension SSM {
    /// A command sent to instances.
    public struct Command: Decodable, Sendable, Equatable {
        /// Id.
        public var commandId: String
        /// Words given when it was sent.
        public var comment: String?
        /// `Pending`, `InProgress`, `Success`, `Failed`, `TimedOut`, `Cancelled`, `Cancelling`.
        public var status: String?
        /// The status more exactly.
        public var statusDetails: String?
        /// Instances.
        public var targetCount: Int?
        /// Instances that are done.
        public var completedCount: Int?
        /// Instances that failed.
        public var errorCount: Int?

        private enum CodingKeys: String, CodingKey {
            case commandId = "CommandId"
            case comment = "Comment"
            case status = "Status"
            case statusDetails = "StatusDetails"
            case targetCount = "TargetCount"
            case completedCount = "CompletedCount"
            case errorCount = "ErrorCount"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(commandId: String) {
            self.commandId = commandId
        }
    }
}
