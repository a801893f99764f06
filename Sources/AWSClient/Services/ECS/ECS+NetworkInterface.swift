extension ECS {
    /// Addresses of a container.
    public struct NetworkInterface: Decodable, Sendable, Equatable {
        /// Attachment that it belongs to.
        public var attachmentId: String?
        /// Private address.
        public var privateIpv4Address: String?
        /// IPv6 address.
        public var ipv6Address: String?

        /// Makes the value.
        public init(attachmentId: String? = nil, privateIpv4Address: String? = nil, ipv6Address: String? = nil) {
            self.attachmentId = attachmentId
            self.privateIpv4Address = privateIpv4Address
            self.ipv6Address = ipv6Address
        }
    }
}
