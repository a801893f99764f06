extension SSM {
    /// Instances by a tag.
    public struct Target: Encodable, Sendable, Equatable {
        /// `tag:Name`, `InstanceIds`.
        public var key: String
        /// Values.
        public var values: [String]

        private enum CodingKeys: String, CodingKey {
            case key = "Key"
            case values = "Values"
        }

        /// Makes the value.
        public init(key: String, values: [String]) {
            self.key = key
            self.values = values
        }
    }
}
