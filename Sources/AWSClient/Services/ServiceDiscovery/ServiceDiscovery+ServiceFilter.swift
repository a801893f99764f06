extension ServiceDiscovery {
    /// A condition on services.
    public struct ServiceFilter: Encodable, Sendable, Equatable {
        /// `NAMESPACE_ID` or `RESOURCE_OWNER`.
        public var name: String
        /// Values.
        public var values: [String]
        /// `EQ`; nil means equal.
        public var condition: String?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case values = "Values"
            case condition = "Condition"
        }

        /// Makes the value.
        public init(name: String, values: [String], condition: String? = nil) {
            self.name = name
            self.values = values
            self.condition = condition
        }
    }
}
