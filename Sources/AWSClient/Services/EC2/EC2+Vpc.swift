extension EC2 {
    /// A VPC.
    public struct Vpc: Sendable, Equatable {
        /// Id.
        public var vpcId: String
        /// `pending` or `available`.
        public var state: String?
        /// First address range.
        public var cidrBlock: String?
        /// Whether it is the region's default.
        public var isDefault: Bool?
        /// Tags.
        public var tags: [Tag]

        /// Makes the value.
        public init(
            vpcId: String,
            state: String? = nil,
            cidrBlock: String? = nil,
            isDefault: Bool? = nil,
            tags: [Tag] = []
        ) {
            self.vpcId = vpcId
            self.state = state
            self.cidrBlock = cidrBlock
            self.isDefault = isDefault
            self.tags = tags
        }
    }
}

extension EC2.Vpc: XMLDecodable {
    init(xml node: XMLNode) throws {
        vpcId = try node.required("vpcId")
        state = node.text("state")
        cidrBlock = node.text("cidrBlock")
        isDefault = try node.boolean("isDefault")
        tags = try node.structures("tagSet", "item")
    }
}
