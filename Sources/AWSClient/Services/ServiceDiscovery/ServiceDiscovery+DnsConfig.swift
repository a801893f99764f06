extension ServiceDiscovery {
    /// DNS records of a service's instances.
    public struct DnsConfig: Codable, Sendable, Equatable {
        /// Namespace; deprecated in requests.
        public var namespaceId: String?
        /// `MULTIVALUE` or `WEIGHTED`.
        public var routingPolicy: String?
        /// The records.
        public var dnsRecords: [DnsRecord]

        private enum CodingKeys: String, CodingKey {
            case namespaceId = "NamespaceId"
            case routingPolicy = "RoutingPolicy"
            case dnsRecords = "DnsRecords"
        }

        /// Makes the value.
        public init(namespaceId: String? = nil, routingPolicy: String? = nil, dnsRecords: [DnsRecord]) {
            self.namespaceId = namespaceId
            self.routingPolicy = routingPolicy
            self.dnsRecords = dnsRecords
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            namespaceId = try members.decodeIfPresent(String.self, forKey: .namespaceId)
            routingPolicy = try members.decodeIfPresent(String.self, forKey: .routingPolicy)
            dnsRecords = try members.decodeIfPresent([DnsRecord].self, forKey: .dnsRecords) ?? []
        }
    }
}
