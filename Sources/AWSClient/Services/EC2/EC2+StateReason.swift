extension EC2 {
    /// Why something changed its state.
    public struct StateReason: Sendable, Equatable {
        /// Code.
        public var code: String?
        /// In words.
        public var message: String?

        /// Makes the value.
        public init(code: String? = nil, message: String? = nil) {
            self.code = code
            self.message = message
        }
    }
}

extension EC2.StateReason: XMLDecodable {
    init(xml node: XMLNode) throws {
        code = node.text("code")
        message = node.text("message")
    }
}
