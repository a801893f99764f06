extension EC2 {
    /// A security group by id and name.
    public struct GroupIdentifier: Sendable, Equatable {
        /// Id.
        public var groupId: String?
        /// Name.
        public var groupName: String?

        /// Makes the value.
        public init(groupId: String? = nil, groupName: String? = nil) {
            self.groupId = groupId
            self.groupName = groupName
        }
    }
}

extension EC2.GroupIdentifier: XMLDecodable {
    init(xml node: XMLNode) throws {
        groupId = node.text("groupId")
        groupName = node.text("groupName")
    }
}
