extension SSM {
    /// What one step of a document did.
    public struct CommandPlugin: Decodable, Sendable, Equatable {
        /// Name.
        public var name: String?
        /// Status.
        public var status: String?
        /// Exit status.
        public var responseCode: Int?
        /// Beginning of what it said, at most 2,500 characters.
        public var output: String?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case status = "Status"
            case responseCode = "ResponseCode"
            case output = "Output"
        }

        /// Makes the value.
        public init(name: String? = nil, status: String? = nil, responseCode: Int? = nil, output: String? = nil) {
            self.name = name
            self.status = status
            self.responseCode = responseCode
            self.output = output
        }
    }
}
