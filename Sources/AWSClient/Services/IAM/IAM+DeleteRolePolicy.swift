extension IAM {
    /// Deletes an inline policy of a role; `NoSuchEntity` when there is none.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteRolePolicy(_ input: DeleteRolePolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "DeleteRolePolicy", .once), input)
    }

    /// Input of `deleteRolePolicy`.
    public struct DeleteRolePolicyInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Name of the policy.
        public var policyName: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String, policyName: String) {
            self.roleName = roleName
            self.policyName = policyName
        }
    }
}

extension IAM.DeleteRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyName", policyName)
    }
}
