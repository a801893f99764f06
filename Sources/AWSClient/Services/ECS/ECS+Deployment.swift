extension ECS {
    /// One roll-out of a service.
    public struct Deployment: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String?
        /// `PRIMARY`, `ACTIVE` or `INACTIVE`.
        public var status: String?
        /// ARN of its task definition.
        public var taskDefinition: String?
        /// Tasks wanted.
        public var desiredCount: Int?
        /// Tasks pending.
        public var pendingCount: Int?
        /// Tasks running.
        public var runningCount: Int?
        /// Tasks that failed to start.
        public var failedTasks: Int?
        /// When it began.
        public var createdAt: AWSTimestamp?
        /// When it changed last.
        public var updatedAt: AWSTimestamp?
        /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
        public var rolloutState: String?
        /// In words.
        public var rolloutStateReason: String?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
        }
    }
}
