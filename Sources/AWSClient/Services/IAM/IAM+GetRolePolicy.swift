extension IAM {
    /// Reads an inline policy of a role; `NoSuchEntity` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getRolePolicy(_ input: GetRolePolicyInput) async throws -> AWSResponse<GetRolePolicyOutput> {
        try await client.query(Call(.iam, "GetRolePolicy", .readOnly), input)
    }

    /// Input of `getRolePolicy`.
    public struct GetRolePolicyInput: Sendable, Equatable {
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

    /// Output of `getRolePolicy`.
    public struct GetRolePolicyOutput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Name of the policy.
        public var policyName: String
        /// Policy, percent-encoded as IAM sends it; `IAM.policyText` decodes it.
        public var policyDocument: String

        /// Makes the value.
        public init(roleName: String, policyName: String, policyDocument: String) {
            self.roleName = roleName
            self.policyName = policyName
            self.policyDocument = policyDocument
        }
    }
}

extension IAM.GetRolePolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("PolicyName", policyName)
    }
}

extension IAM.GetRolePolicyOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        roleName = try node.required("RoleName")
        policyName = try node.required("PolicyName")
        policyDocument = try node.required("PolicyDocument")
    }
}
