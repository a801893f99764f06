extension ServiceDiscovery {
    /// A service.
    public struct Service: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String
        /// ARN.
        public var arn: String
        /// Name.
        public var name: String
        /// Namespace.
        public var namespaceId: String?
        /// What it is for.
        public var description: String?
        /// Instances registered.
        public var instanceCount: Int?
        /// DNS records of its instances.
        public var dnsConfig: DnsConfig?
        /// `HTTP`, `DNS_HTTP` or `DNS`.
        public var type: String?
        /// Health told by the API.
        public var healthCheckCustomConfig: HealthCheckCustomConfig?
        /// Token that it was created with.
        public var creatorRequestId: String?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case arn = "Arn"
            case name = "Name"
            case namespaceId = "NamespaceId"
            case description = "Description"
            case instanceCount = "InstanceCount"
            case dnsConfig = "DnsConfig"
            case type = "Type"
            case healthCheckCustomConfig = "HealthCheckCustomConfig"
            case creatorRequestId = "CreatorRequestId"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(id: String, arn: String, name: String) {
            self.id = id
            self.arn = arn
            self.name = name
        }
    }
}
