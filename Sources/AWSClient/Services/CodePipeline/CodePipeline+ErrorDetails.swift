extension CodePipeline {
    /// Why an action failed.
    public struct ErrorDetails: Decodable, Sendable, Equatable {
        /// Code.
        public var code: String?
        /// Words.
        public var message: String?

        /// Makes the value.
        public init(code: String? = nil, message: String? = nil) {
            self.code = code
            self.message = message
        }
    }
}
