extension IAM {
    /// Deletes a role without policies; `DeleteConflict` while it has some.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteRole(_ input: DeleteRoleInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "DeleteRole", .once), input)
    }

    /// Input of `deleteRole`.
    public struct DeleteRoleInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String) {
            self.roleName = roleName
        }
    }
}

extension IAM.DeleteRoleInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
    }
}
