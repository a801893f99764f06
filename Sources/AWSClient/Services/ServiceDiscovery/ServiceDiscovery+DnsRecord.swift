extension ServiceDiscovery {
    /// A kind of record.
    public struct DnsRecord: Codable, Sendable, Equatable {
        /// `A`, `AAAA`, `SRV` or `CNAME`.
        public var type: String
        /// Unit: seconds.
        public var ttl: Int

        private enum CodingKeys: String, CodingKey {
            case type = "Type"
            case ttl = "TTL"
        }

        /// Makes the value.
        public init(type: String, ttl: Int) {
            self.type = type
            self.ttl = ttl
        }
    }
}
