extension IAM {
    /// Creates a role; `EntityAlreadyExists` when there is one of that name.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createRole(_ input: CreateRoleInput) async throws -> AWSResponse<CreateRoleOutput> {
        try await client.query(Call(.iam, "CreateRole", .once), input)
    }

    /// Input of `createRole`.
    public struct CreateRoleInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Trust policy, JSON.
        public var assumeRolePolicyDocument: String
        /// Path; nil means `/`.
        public var path: String?
        /// What it is for.
        public var description: String?
        /// Longest session in seconds, 3,600 to 43,200.
        public var maxSessionDuration: Int?
        /// ARN of the policy that bounds it.
        public var permissionsBoundary: String?
        /// Tags.
        public var tags: [Tag]?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(roleName: String, assumeRolePolicyDocument: String) {
            self.roleName = roleName
            self.assumeRolePolicyDocument = assumeRolePolicyDocument
        }
    }

    /// Output of `createRole`.
    public struct CreateRoleOutput: Sendable, Equatable {
        /// The role.
        public var role: Role

        /// Makes the value.
        public init(role: Role) {
            self.role = role
        }
    }
}

extension IAM.CreateRoleInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("AssumeRolePolicyDocument", assumeRolePolicyDocument)
        form.add("Path", path)
        form.add("Description", description)
        form.add("MaxSessionDuration", maxSessionDuration)
        form.add("PermissionsBoundary", permissionsBoundary)
        form.add("Tags", tags)
    }
}

extension IAM.CreateRoleOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        role = try node.requiredStructure("Role")
    }
}
