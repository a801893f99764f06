extension EC2 {
    /// An elastic address.
    public struct Address: Sendable, Equatable {
        /// The address.
        public var publicIp: String?
        /// Allocation id.
        public var allocationId: String?
        /// Association id; nil when it is not in use.
        public var associationId: String?
        /// Instance that has it.
        public var instanceId: String?
        /// Network interface that has it.
        public var networkInterfaceId: String?
        /// Private address behind it.
        public var privateIpAddress: String?
        /// `vpc`.
        public var domain: String?
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
            tags = []
        }
    }
}

extension EC2.Address: XMLDecodable {
    init(xml node: XMLNode) throws {
        publicIp = node.text("publicIp")
        allocationId = node.text("allocationId")
        associationId = node.text("associationId")
        instanceId = node.text("instanceId")
        networkInterfaceId = node.text("networkInterfaceId")
        privateIpAddress = node.text("privateIpAddress")
        domain = node.text("domain")
        tags = try node.structures("tagSet", "item")
    }
}
