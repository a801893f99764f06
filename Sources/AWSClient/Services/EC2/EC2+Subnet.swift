extension EC2 {
    /// A subnet.
    public struct Subnet: Sendable, Equatable {
        /// Id.
        public var subnetId: String
        /// VPC.
        public var vpcId: String?
        /// `pending` or `available`.
        public var state: String?
        /// Address range.
        public var cidrBlock: String?
        /// Availability zone.
        public var availabilityZone: String?
        /// Addresses still free.
        public var availableIpAddressCount: Int?
        /// Whether instances get public addresses.
        public var mapPublicIpOnLaunch: Bool?
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(subnetId: String) {
            self.subnetId = subnetId
            tags = []
        }
    }
}

extension EC2.Subnet: XMLDecodable {
    init(xml node: XMLNode) throws {
        subnetId = try node.required("subnetId")
        vpcId = node.text("vpcId")
        state = node.text("state")
        cidrBlock = node.text("cidrBlock")
        availabilityZone = node.text("availabilityZone")
        availableIpAddressCount = try node.integer("availableIpAddressCount")
        mapPublicIpOnLaunch = try node.boolean("mapPublicIpOnLaunch")
        tags = try node.structures("tagSet", "item")
    }
}
