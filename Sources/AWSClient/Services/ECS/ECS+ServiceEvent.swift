extension ECS {
    /// One event of a service.
    public struct ServiceEvent: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String?
        /// When it was.
        public var createdAt: AWSTimestamp?
        /// What was.
        public var message: String?

        /// Makes the value.
        public init(id: String? = nil, createdAt: AWSTimestamp? = nil, message: String? = nil) {
            self.id = id
            self.createdAt = createdAt
            self.message = message
        }
    }
}
