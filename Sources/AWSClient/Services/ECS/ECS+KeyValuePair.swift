extension ECS {
    /// A named fact.
    public struct KeyValuePair: Decodable, Sendable, Equatable {
        /// Name.
        public var name: String?
        /// Value.
        public var value: String?

        /// Makes the value.
        public init(name: String? = nil, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }
}
