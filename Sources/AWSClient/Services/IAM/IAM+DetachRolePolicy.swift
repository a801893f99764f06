extension IAM {
    /// Detaches a managed policy from a role; `NoSuchEntity` when it is not attached.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func detachRolePolicy(_ input: DetachRolePolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.query(Call(.iam, "DetachRolePolicy", .once), input)
    }

    /// Input of `detachRolePolicy`.
    public struct DetachRolePolicyInput: Sendable, Equatable {
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

extension IAM.DetachRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyArn", policyArn)
    }
}
