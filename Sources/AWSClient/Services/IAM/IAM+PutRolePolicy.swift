extension IAM {
    /// Creates or replaces an inline policy of a role.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putRolePolicy(_ input: PutRolePolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "PutRolePolicy", .convergent), input)
    }

    /// Input of `putRolePolicy`.
    public struct PutRolePolicyInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Name of the policy.
        public var policyName: String
        /// Policy, JSON.
        public var policyDocument: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String, policyName: String, policyDocument: String) {
            self.roleName = roleName
            self.policyName = policyName
            self.policyDocument = policyDocument
        }
    }
}

extension IAM.PutRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyName", policyName)
        form.add("PolicyDocument", policyDocument)
    }
}
