extension IAM {
    /// Replaces the trust policy of a role.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func updateAssumeRolePolicy(_ input: UpdateAssumeRolePolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "UpdateAssumeRolePolicy", .convergent), input)
    }

    /// Input of `updateAssumeRolePolicy`.
    public struct UpdateAssumeRolePolicyInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Trust policy, JSON.
        public var policyDocument: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String, policyDocument: String) {
            self.roleName = roleName
            self.policyDocument = policyDocument
        }
    }
}

extension IAM.UpdateAssumeRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyDocument", policyDocument)
    }
}
