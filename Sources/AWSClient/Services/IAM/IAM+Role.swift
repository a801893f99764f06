extension IAM {
    /// An IAM role.
    public struct Role: Sendable, Equatable {
        /// Path, `/` unless set.
        public var path: String
        /// Name.
        public var roleName: String
        /// Unique id, which a role of the same name made later does not share.
        public var roleId: String
        /// ARN.
        public var arn: String
        /// When it was created.
        public var createDate: AWSTimestamp?
        /// Trust policy, percent-encoded as IAM sends it; `IAM.policyText` decodes it.
        public var assumeRolePolicyDocument: String?
        /// What it is for.
        public var description: String?
        /// Longest session in seconds.
        public var maxSessionDuration: Int?
        /// Its tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(path: String, roleName: String, roleId: String, arn: String) {
            self.path = path
            self.roleName = roleName
            self.roleId = roleId
            self.arn = arn
            tags = []
        }
    }
}

extension IAM.Role: XMLDecodable {
    init(xml node: XMLNode) throws {
        path = try node.required("Path")
        roleName = try node.required("RoleName")
        roleId = try node.required("RoleId")
        arn = try node.required("Arn")
        createDate = try node.timestamp("CreateDate")
        assumeRolePolicyDocument = node.text("AssumeRolePolicyDocument")
        description = node.text("Description")
        maxSessionDuration = try node.integer("MaxSessionDuration")
        tags = try node.structures("Tags", "member")
    }
}
