extension ServiceDiscovery {
    /// A namespace.
    public struct Namespace: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String
        /// ARN.
        public var arn: String?
        /// Name.
        public var name: String
        /// `DNS_PUBLIC`, `DNS_PRIVATE` or `HTTP`.
        public var type: String?
        /// What it is for.
        public var description: String?
        /// Services in it.
        public var serviceCount: Int?
        /// Its zone.
        public var properties: NamespaceProperties?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case arn = "Arn"
            case name = "Name"
            case type = "Type"
            case description = "Description"
            case serviceCount = "ServiceCount"
            case properties = "Properties"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }
}
