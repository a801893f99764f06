extension ServiceDiscovery {
    /// A name and a value on a resource.
    public struct Tag: Encodable, Sendable, Equatable {
        /// Name.
        public var key: String
        /// Value.
        public var value: String

        private enum CodingKeys: String, CodingKey {
            case key = "Key"
            case value = "Value"
        }

        /// Makes the value.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}
