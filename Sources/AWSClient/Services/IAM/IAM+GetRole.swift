extension IAM {
    /// Describes one role; `NoSuchEntity` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getRole(_ input: GetRoleInput) async throws -> AWSResponse<GetRoleOutput> {
        try await client.query(Call(.iam, "GetRole", .readOnly), input)
    }

    /// Input of `getRole`.
    public struct GetRoleInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String) {
            self.roleName = roleName
        }
    }

    /// Output of `getRole`.
    public struct GetRoleOutput: Sendable, Equatable {
        /// The role.
        public var role: Role

        /// Makes the value.
        public init(role: Role) {
            self.role = role
        }
    }
}

extension IAM.GetRoleInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
    }
}

extension IAM.GetRoleOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        role = try node.requiredStructure("Role")
    }
}
