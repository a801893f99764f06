extension ServiceDiscovery {
    /// What a namespace's type adds.
    public struct NamespaceProperties: Decodable, Sendable, Equatable {
        /// Zone, of the DNS types.
        public var dnsProperties: DnsProperties?

        private enum CodingKeys: String, CodingKey {
            case dnsProperties = "DnsProperties"
        }

        /// Makes the value.
        public init(dnsProperties: DnsProperties? = nil) {
            self.dnsProperties = dnsProperties
        }
    }
}
