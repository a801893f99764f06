extension CodePipeline {
    /// What became of an action.
    public struct ActionExecution: Decodable, Sendable, Equatable {
        /// `InProgress`, `Succeeded`, `Failed`, `Abandoned`.
        public var status: String?
        /// Words.
        public var summary: String?
        /// Why it failed.
        public var errorDetails: ErrorDetails?

        /// Makes the value.
        public init(status: String? = nil, summary: String? = nil, errorDetails: ErrorDetails? = nil) {
            self.status = status
            self.summary = summary
            self.errorDetails = errorDetails
        }
    }
}
