extension ServiceDiscovery {
    /// A condition on namespaces.
    public struct NamespaceFilter: Encodable, Sendable, Equatable {
        /// `TYPE`, `NAME`, `HTTP_NAME` or `RESOURCE_OWNER`.
        public var name: String
        /// Values.
        public var values: [String]
        /// `EQ` or `BEGINS_WITH`; nil means equal.
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
