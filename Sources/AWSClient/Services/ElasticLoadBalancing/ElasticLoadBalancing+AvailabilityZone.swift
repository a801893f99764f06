extension ElasticLoadBalancing {
    /// A subnet of a load balancer.
    public struct AvailabilityZone: Sendable, Equatable {
        /// Availability zone.
        public var zoneName: String?
        /// Subnet.
        public var subnetId: String?

        /// Makes the value.
        public init(zoneName: String? = nil, subnetId: String? = nil) {
            self.zoneName = zoneName
            self.subnetId = subnetId
        }
    }
}

extension ElasticLoadBalancing.AvailabilityZone: XMLDecodable {
    init(xml node: XMLNode) throws {
        zoneName = node.text("ZoneName")
        subnetId = node.text("SubnetId")
    }
}
