extension IAM {
    /// Attaches a managed policy to a role; one already attached stays.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func attachRolePolicy(_ input: AttachRolePolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "AttachRolePolicy", .convergent), input)
    }

    /// Input of `attachRolePolicy`.
    public struct AttachRolePolicyInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// ARN of the policy.
        public var policyArn: String

        /// Makes the input; what is nil is left out.
        public init(roleName: String, policyArn: String) {
            self.roleName = roleName
            self.policyArn = policyArn
        }
    }
}

extension IAM.AttachRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyArn", policyArn)
    }
}
