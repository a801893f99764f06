extension IAM {
    /// Lists the managed policies attached to a role, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listAttachedRolePolicies(_ input: ListAttachedRolePoliciesInput) async throws -> AWSResponse<
        ListAttachedRolePoliciesOutput
    > {
        try await client.query(Call(.iam, "ListAttachedRolePolicies", .readOnly), input)
    }

    /// All managed policies attached to a role.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allAttachedPolicies(_ input: ListAttachedRolePoliciesInput) async throws -> AWSResponse<
        [AttachedPolicy]
    > {
        try await allPages(
            .iam,
            "ListAttachedRolePolicies",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await listAttachedRolePolicies(page)
            },
            items: \.attachedPolicies,
            next: \.marker
        )
    }

    /// Input of `listAttachedRolePolicies`.
    public struct ListAttachedRolePoliciesInput: Sendable, Equatable {
        /// Name of the role.
        public var roleName: String
        /// Page token.
        public var marker: String?

        /// Makes the input; what is nil is left out.
        public init(roleName: String, marker: String? = nil) {
            self.roleName = roleName
            self.marker = marker
        }
    }

    /// Output of `listAttachedRolePolicies`.
    public struct ListAttachedRolePoliciesOutput: Sendable, Equatable {
        /// The policies.
        public var attachedPolicies: [AttachedPolicy]
        /// Whether there are more.
        public var isTruncated: Bool?
        /// Page token of the next page.
        public var marker: String?

        /// Makes the value.
        public init(attachedPolicies: [AttachedPolicy] = [], isTruncated: Bool? = nil, marker: String? = nil) {
            self.attachedPolicies = attachedPolicies
            self.isTruncated = isTruncated
            self.marker = marker
        }
    }
}

extension IAM.ListAttachedRolePoliciesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("Marker", marker)
    }
}

extension IAM.ListAttachedRolePoliciesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        attachedPolicies = try node.structures("AttachedPolicies", "member")
        isTruncated = try node.boolean("IsTruncated")
        marker = node.text("Marker")
    }
}
