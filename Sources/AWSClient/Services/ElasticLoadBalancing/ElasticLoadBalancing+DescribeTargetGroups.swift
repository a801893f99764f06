extension ElasticLoadBalancing {
    /// Describes target groups, one page; `TargetGroupNotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetGroups.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeTargetGroups(_ input: DescribeTargetGroupsInput) async throws -> AWSResponse<
        DescribeTargetGroupsOutput
    > {
        try await client.query(Call(.elasticLoadBalancing, "DescribeTargetGroups", .readOnly), input)
    }

    /// All target groups that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allTargetGroups(_ input: DescribeTargetGroupsInput) async throws -> AWSResponse<[TargetGroup]> {
        try await allPages(
            .elasticLoadBalancing,
            "DescribeTargetGroups",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await describeTargetGroups(page)
            },
            items: \.targetGroups,
            next: \.nextMarker
        )
    }

    /// Input of `describeTargetGroups`.
    public struct DescribeTargetGroupsInput: Sendable, Equatable {
        /// Groups of this load balancer alone.
        public var loadBalancerArn: String?
        /// ARNs; nil means all.
        public var targetGroupArns: [String]?
        /// Names, in place of ARNs.
        public var names: [String]?
        /// Page token.
        public var marker: String?
        /// Entries a page, at most 400.
        public var pageSize: Int?

        /// Makes the input; what is nil is left out.
        public init(
            loadBalancerArn: String? = nil,
            targetGroupArns: [String]? = nil,
            names: [String]? = nil,
            marker: String? = nil,
            pageSize: Int? = nil
        ) {
            self.loadBalancerArn = loadBalancerArn
            self.targetGroupArns = targetGroupArns
            self.names = names
            self.marker = marker
            self.pageSize = pageSize
        }
    }

    /// Output of `describeTargetGroups`.
    public struct DescribeTargetGroupsOutput: Sendable, Equatable {
        /// The groups.
        public var targetGroups: [TargetGroup]
        /// Page token of the next page.
        public var nextMarker: String?

        /// Makes the value.
        public init(targetGroups: [TargetGroup] = [], nextMarker: String? = nil) {
            self.targetGroups = targetGroups
            self.nextMarker = nextMarker
        }
    }
}

extension ElasticLoadBalancing.DescribeTargetGroupsInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("LoadBalancerArn", loadBalancerArn)
        form.add("TargetGroupArns", targetGroupArns)
        form.add("Names", names)
        form.add("Marker", marker)
        form.add("PageSize", pageSize)
    }
}

extension ElasticLoadBalancing.DescribeTargetGroupsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        targetGroups = try node.structures("TargetGroups", "member")
        nextMarker = node.text("NextMarker")
    }
}
