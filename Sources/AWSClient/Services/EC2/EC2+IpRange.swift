extension EC2 {
    /// An IPv4 range.
    public struct IpRange: Sendable, Equatable {
        /// Range, such as `10.0.0.0/8`.
        public var cidrIp: String?
        /// What it is for.
        public var description: String?

        /// Makes the value.
        public init(cidrIp: String? = nil, description: String? = nil) {
            self.cidrIp = cidrIp
            self.description = description
        }
    }
}

extension EC2.IpRange: XMLDecodable {
    init(xml node: XMLNode) throws {
        cidrIp = node.text("cidrIp")
        description = node.text("description")
    }
}
