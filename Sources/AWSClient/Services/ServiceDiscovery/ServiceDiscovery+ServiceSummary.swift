extension ServiceDiscovery {
    /// A service in a list.
    public struct ServiceSummary: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String
        /// ARN.
        public var arn: String?
        /// Name.
        public var name: String
        /// `HTTP`, `DNS_HTTP` or `DNS`.
        public var type: String?
        /// What it is for.
        public var description: String?
        /// Instances registered.
        public var instanceCount: Int?
        /// DNS records of its instances.
        public var dnsConfig: DnsConfig?
        /// Health told by the API.
        public var healthCheckCustomConfig: HealthCheckCustomConfig?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case arn = "Arn"
            case name = "Name"
            case type = "Type"
            case description = "Description"
            case instanceCount = "InstanceCount"
            case dnsConfig = "DnsConfig"
            case healthCheckCustomConfig = "HealthCheckCustomConfig"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(id: String, name: String) {
            self.id = id
            self.name = name
        }
    }
}
