extension ServiceDiscovery {
    /// A namespace in a list.
    public struct NamespaceSummary: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String
        /// ARN.
        public var arn: String?
        /// Name.
        public var name: String
        /// `DNS_PUBLIC`, `DNS_PRIVATE` or `HTTP`.
        public var type: String?
        /// Its zone.
        public var properties: NamespaceProperties?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case arn = "Arn"
            case name = "Name"
            case type = "Type"
            case properties = "Properties"
        }

        /// Makes the value.
        public init(
            id: String,
            arn: String? = nil,
            name: String,
            type: String? = nil,
            properties: NamespaceProperties? = nil
        ) {
            self.id = id
            self.arn = arn
            self.name = name
            self.type = type
            self.properties = properties
        }
    }
}
