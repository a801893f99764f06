extension ElasticLoadBalancing {
    /// Describes listeners, one page; `ListenerNotFound` when a named one is missing.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeListeners(_ input: DescribeListenersInput) async throws -> AWSResponse<DescribeListenersOutput>
    {
        try await client.query(Call(.elasticLoadBalancing, "DescribeListeners", .readOnly), input)
    }

    /// All listeners that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allListeners(_ input: DescribeListenersInput) async throws -> AWSResponse<[Listener]> {
        try await allPages(
            .elasticLoadBalancing,
            "DescribeListeners",
            fetch: { token in
                var page = input
                page.marker = token ?? input.marker
                return try await describeListeners(page)
            },
            items: \.listeners,
            next: \.nextMarker
        )
    }

    /// Input of `describeListeners`.
    public struct DescribeListenersInput: Sendable, Equatable {
        /// Listeners of this load balancer.
        public var loadBalancerArn: String?
        /// ARNs, in place of a load balancer.
        public var listenerArns: [String]?
        /// Page token.
        public var marker: String?
        /// Entries a page, at most 400.
        public var pageSize: Int?

        /// Makes the input; what is nil is left out.
        public init(
            loadBalancerArn: String? = nil,
            listenerArns: [String]? = nil,
            marker: String? = nil,
            pageSize: Int? = nil
        ) {
            self.loadBalancerArn = loadBalancerArn
            self.listenerArns = listenerArns
            self.marker = marker
            self.pageSize = pageSize
        }
    }

    /// Output of `describeListeners`.
    public struct DescribeListenersOutput: Sendable, Equatable {
        /// The listeners.
        public var listeners: [Listener]
        /// Page token of the next page.
        public var nextMarker: String?

        /// Makes the value.
        public init(listeners: [Listener] = [], nextMarker: String? = nil) {
            self.listeners = listeners
            self.nextMarker = nextMarker
        }
    }
}

extension ElasticLoadBalancing.DescribeListenersInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("LoadBalancerArn", loadBalancerArn)
        form.add("ListenerArns", listenerArns)
        form.add("Marker", marker)
        form.add("PageSize", pageSize)
    }
}

extension ElasticLoadBalancing.DescribeListenersOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        listeners = try node.structures("Listeners", "member")
        nextMarker = node.text("NextMarker")
    }
}
