extension EC2 {
    /// One rule of a security group.
    public struct IpPermission: Sendable, Equatable {
        /// `tcp`, `udp`, `icmp`, a number, or `-1` for all.
        public var ipProtocol: String?
        /// First port; nil for all.
        public var fromPort: Int?
        /// Last port; nil for all.
        public var toPort: Int?
        /// IPv4 ranges.
        public var ipRanges: [IpRange]
        /// IPv6 ranges.
        public var ipv6Ranges: [Ipv6Range]
        /// Security groups.
        public var userIdGroupPairs: [UserIdGroupPair]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
            ipRanges = []
            ipv6Ranges = []
            userIdGroupPairs = []
        }
    }
}

extension EC2.IpPermission: XMLDecodable {
    init(xml node: XMLNode) throws {
        ipProtocol = node.text("ipProtocol")
        fromPort = try node.integer("fromPort")
        toPort = try node.integer("toPort")
        ipRanges = try node.structures("ipRanges", "item")
        ipv6Ranges = try node.structures("ipv6Ranges", "item")
        userIdGroupPairs = try node.structures("groups", "item")
    }
}
