extension ECS {
    /// Why one thing asked for was not served.
    public struct Failure: Decodable, Sendable, Equatable {
        /// What was asked for.
        public var arn: String?
        /// Such as `MISSING`.
        public var reason: String?
        /// In words.
        public var detail: String?

        /// Makes the value.
        public init(arn: String? = nil, reason: String? = nil, detail: String? = nil) {
            self.arn = arn
            self.reason = reason
            self.detail = detail
        }
    }
}
