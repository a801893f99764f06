extension ElasticLoadBalancing {
    /// Describes rules of a listener, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeRules(_ input: DescribeRulesInput) async throws -> AWSResponse<DescribeRulesOutput> {
        try await client.query(Call(.elasticLoadBalancing, "DescribeRules", .readOnly), input)
    }

    /// All rules that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allRules(_ input: DescribeRulesInput) async throws -> AWSResponse<[Rule]> {
        try await allPages(
            .elasticLoadBalancing,
            "DescribeRules",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await describeRules(page)
            },
            items: \.rules,
            next: \.nextMarker
        )
    }

    /// Input of `describeRules`.
    public struct DescribeRulesInput: Sendable, Equatable {
        /// Listener.
        public var listenerArn: String?
        /// ARNs, in place of a listener.
        public var ruleArns: [String]?
        /// Page token.
        public var marker: String?
        /// Entries a page, at most 400.
        public var pageSize: Int?

        /// Makes the input; what is nil is left out.
        public init(listenerArn: String? = nil, ruleArns: [String]? = nil, marker: String? = nil, pageSize: Int? = nil)
        {
            self.listenerArn = listenerArn
            self.ruleArns = ruleArns
            self.marker = marker
            self.pageSize = pageSize
        }
    }

    /// Output of `describeRules`.
    public struct DescribeRulesOutput: Sendable, Equatable {
        /// The rules, the default one among them.
        public var rules: [Rule]
        /// Page token of the next page.
        public var nextMarker: String?

        /// Makes the value.
        public init(rules: [Rule] = [], nextMarker: String? = nil) {
            self.rules = rules
            self.nextMarker = nextMarker
        }
    }
}

extension ElasticLoadBalancing.DescribeRulesInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ListenerArn", listenerArn)
        form.add("RuleArns", ruleArns)
        form.add("Marker", marker)
        form.add("PageSize", pageSize)
    }
}

extension ElasticLoadBalancing.DescribeRulesOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        rules = try node.structures("Rules", "member")
        nextMarker = node.text("NextMarker")
    }
}
