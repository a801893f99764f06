extension IAM {
    /// Lists the names of a role's inline policies, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listRolePolicies(_ input: ListRolePoliciesInput) async throws -> AWSResponse<ListRolePoliciesOutput> {
        try await client.query(Call(.iam, "ListRolePolicies", .readOnly), input)
    }

    /// Names of all inline policies of a role.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allPolicyNames(_ input: ListRolePoliciesInput) async throws -> AWSResponse<[String]> {
        try await allPages(
            .iam,
            "ListRolePolicies",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await listRolePolicies(page)
            },
            items: \.policyNames,
            next: \.marker
        )
    }

    /// Input of `listRolePolicies`.
    public struct ListRolePoliciesInput: Sendable, Equatable {
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

    /// Output of `listRolePolicies`.
    public struct ListRolePoliciesOutput: Sendable, Equatable {
        /// Names.
        public var policyNames: [String]
        /// Whether there are more.
        public var isTruncated: Bool?
        /// Page token of the next page.
        public var marker: String?

        /// Makes the value.
        public init(policyNames: [String] = [], isTruncated: Bool? = nil, marker: String? = nil) {
            self.policyNames = policyNames
            self.isTruncated = isTruncated
            self.marker = marker
        }
    }
}

extension IAM.ListRolePoliciesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleName", roleName)
        form.add("Marker", marker)
    }
}

extension IAM.ListRolePoliciesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        policyNames = node.texts("PolicyNames", "member")
        isTruncated = try node.boolean("IsTruncated")
        marker = node.text("Marker")
    }
}
