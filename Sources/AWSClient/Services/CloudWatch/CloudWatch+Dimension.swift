extension CloudWatch {
    /// A dimension of a metric.
    public struct Dimension: Codable, Sendable, Equatable {
        /// Name.
        public var name: String
        /// Value.
        public var value: String

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case value = "Value"
        }

        /// Makes the value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}
