extension ServiceDiscovery {
    /// Zone of a namespace.
    public struct DnsProperties: Decodable, Sendable, Equatable {
        /// Id of the Route 53 zone.
        public var hostedZoneId: String?

        private enum CodingKeys: String, CodingKey {
            case hostedZoneId = "HostedZoneId"
        }

        /// Makes the value.
        public init(hostedZoneId: String? = nil) {
            self.hostedZoneId = hostedZoneId
        }
    }
}
