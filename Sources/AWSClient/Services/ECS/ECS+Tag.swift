extension ECS {
    /// A name and a value on a resource.
    public struct Tag: Codable, Sendable, Equatable {
        /// Name.
        public var key: String?
        /// Value.
        public var value: String?

        /// Makes the value.
        public init(key: String? = nil, value: String? = nil) {
            self.key = key
            self.value = value
        }
    }
}
