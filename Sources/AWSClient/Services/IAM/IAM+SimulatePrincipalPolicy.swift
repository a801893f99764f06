extension IAM {
    /// Tells what a principal's policies allow, without doing it; one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func simulatePrincipalPolicy(_ input: SimulatePrincipalPolicyInput) async throws -> AWSResponse<
        SimulatePrincipalPolicyOutput
    > {
        try await client.query(Call(.iam, "SimulatePrincipalPolicy", .readOnly), input)
    }

    /// All results of a simulation.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allEvaluationResults(_ input: SimulatePrincipalPolicyInput) async throws -> AWSResponse<
        [EvaluationResult]
    > {
        try await allPages(
            .iam,
            "SimulatePrincipalPolicy",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await simulatePrincipalPolicy(page)
            },
            items: \.evaluationResults,
            next: \.marker
        )
    }

    /// Input of `simulatePrincipalPolicy`.
    public struct SimulatePrincipalPolicyInput: Sendable, Equatable {
        /// ARN of the user, group or role.
        public var policySourceArn: String
        /// Actions, such as `ecs:UpdateService`.
        public var actionNames: [String]
        /// Resources; nil means `*`.
        public var resourceArns: [String]?
        /// A resource's own policy, JSON.
        public var resourcePolicy: String?
        /// Values of condition keys.
        public var contextEntries: [ContextEntry]?
        /// Page token.
        public var marker: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(policySourceArn: String, actionNames: [String]) {
            self.policySourceArn = policySourceArn
            self.actionNames = actionNames
        }
    }

    /// Output of `simulatePrincipalPolicy`.
    public struct SimulatePrincipalPolicyOutput: Sendable, Equatable {
        /// One result an action and resource.
        public var evaluationResults: [EvaluationResult]
        /// Whether there are more.
        public var isTruncated: Bool?
        /// Page token of the next page.
        public var marker: String?

        /// Makes the value.
        public init(evaluationResults: [EvaluationResult] = [], isTruncated: Bool? = nil, marker: String? = nil) {
            self.evaluationResults = evaluationResults
            self.isTruncated = isTruncated
            self.marker = marker
        }
    }
}

extension IAM.SimulatePrincipalPolicyInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("PolicySourceArn", policySourceArn)
        form.add("ActionNames", actionNames)
        form.add("ResourceArns", resourceArns)
        form.add("ResourcePolicy", resourcePolicy)
        form.add("ContextEntries", contextEntries)
        form.add("Marker", marker)
    }
}

extension IAM.SimulatePrincipalPolicyOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        evaluationResults = try node.structures("EvaluationResults", "member")
        isTruncated = try node.boolean("IsTruncated")
        marker = node.text("Marker")
    }
}
