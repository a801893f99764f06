extension EC2 {
    /// A security group.
    public struct SecurityGroup: Sendable, Equatable {
        /// Id.
        public var groupId: String
        /// Name.
        public var groupName: String?
        /// What it is for.
        public var description: String?
        /// VPC.
        public var vpcId: String?
        /// What it lets in.
        public var ipPermissions: [IpPermission]
        /// What it lets out.
        public var ipPermissionsEgress: [IpPermission]
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(groupId: String) {
            self.groupId = groupId
            ipPermissions = []
            ipPermissionsEgress = []
            tags = []
        }
    }
}

extension EC2.SecurityGroup: XMLDecodable {
    init(xml node: XMLNode) throws {
        groupId = try node.required("groupId")
        groupName = node.text("groupName")
        description = node.text("groupDescription")
        vpcId = node.text("vpcId")
        ipPermissions = try node.structures("ipPermissions", "item")
        ipPermissionsEgress = try node.structures("ipPermissionsEgress", "item")
        tags = try node.structures("tagSet", "item")
    }
}
