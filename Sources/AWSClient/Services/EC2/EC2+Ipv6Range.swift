extension EC2 {
    /// An IPv6 range.
    public struct Ipv6Range: Sendable, Equatable {
        /// Range, such as `::/0`.
        public var cidrIpv6: String?
        /// What it is for.
        public var description: String?

        /// Makes the value.
        public init(cidrIpv6: String? = nil, description: String? = nil) {
            self.cidrIpv6 = cidrIpv6
            self.description = description
        }
    }
}

extension EC2.Ipv6Range: XMLDecodable {
    init(xml node: XMLNode) throws {
        cidrIpv6 = node.text("cidrIpv6")
        description = node.text("description")
    }
}
