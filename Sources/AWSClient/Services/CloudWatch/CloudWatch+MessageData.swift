extension CloudWatch {
    /// A message.
    public struct MessageData: Decodable, Sendable, Equatable {
        /// Code.
        public var code: String?
        /// In words.
        public var value: String?

        private enum CodingKeys: String, CodingKey {
            case code = "Code"
            case value = "Value"
        }

        /// Makes the value.
        public init(code: String? = nil, value: String? = nil) {
            self.code = code
            self.value = value
        }
    }
}
