extension ElasticLoadBalancing {
    /// Describes load balancers, one page; `LoadBalancerNotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeLoadBalancers.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeLoadBalancers(_ input: DescribeLoadBalancersInput) async throws -> AWSResponse<
        DescribeLoadBalancersOutput
    > {
        try await client.query(Call(.elasticLoadBalancing, "DescribeLoadBalancers", .readOnly), input)
    }

    /// All load balancers that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allLoadBalancers(_ input: DescribeLoadBalancersInput) async throws -> AWSResponse<[LoadBalancer]> {
        try await allPages(
            .elasticLoadBalancing,
            "DescribeLoadBalancers",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await describeLoadBalancers(page)
            },
            items: \.loadBalancers,
            next: \.nextMarker
        )
    }

    /// Input of `describeLoadBalancers`.
    public struct DescribeLoadBalancersInput: Sendable, Equatable {
        /// ARNs; nil means all.
        public var loadBalancerArns: [String]?
        /// Names, in place of ARNs.
        public var names: [String]?
        /// Page token.
        public var marker: String?
        /// Entries a page, at most 400.
        public var pageSize: Int?

        /// Makes the input; what is nil is left out.
        public init(
            loadBalancerArns: [String]? = nil,
            names: [String]? = nil,
            marker: String? = nil,
            pageSize: Int? = nil
        ) {
            self.loadBalancerArns = loadBalancerArns
            self.names = names
            self.marker = marker
            self.pageSize = pageSize
        }
    }

    /// Output of `describeLoadBalancers`.
    public struct DescribeLoadBalancersOutput: Sendable, Equatable {
        /// The load balancers.
        public var loadBalancers: [LoadBalancer]
        /// Page token of the next page.
        public var nextMarker: String?

        /// Makes the value.
        public init(loadBalancers: [LoadBalancer] = [], nextMarker: String? = nil) {
            self.loadBalancers = loadBalancers
            self.nextMarker = nextMarker
        }
    }
}

extension ElasticLoadBalancing.DescribeLoadBalancersInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("LoadBalancerArns", loadBalancerArns)
        form.add("Names", names)
        form.add("Marker", marker)
        form.add("PageSize", pageSize)
    }
}

extension ElasticLoadBalancing.DescribeLoadBalancersOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        loadBalancers = try node.structures("LoadBalancers", "member")
        nextMarker = node.text("NextMarker")
    }
}
