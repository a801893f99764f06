extension EC2 {
    /// A security group that a rule names.
    public struct UserIdGroupPair: Sendable, Equatable {
        /// Id.
        public var groupId: String?
        /// Account.
        public var userId: String?
        /// What it is for.
        public var description: String?

        /// Makes the value.
        public init(groupId: String? = nil, userId: String? = nil, description: String? = nil) {
            self.groupId = groupId
            self.userId = userId
            self.description = description
        }
    }
}

extension EC2.UserIdGroupPair: XMLDecodable {
    init(xml node: XMLNode) throws {
        groupId = node.text("groupId")
        userId = node.text("userId")
        description = node.text("description")
    }
}
