extension Route53 {
    /// Lists record sets of a zone by name (labels reversed), type and set identifier, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listResourceRecordSets(
        _ input: ListResourceRecordSetsInput
    ) async throws -> AWSResponse<ListResourceRecordSetsOutput> {
        var call = Call(.route53, "ListResourceRecordSets", .readOnly)
        call.path =
            Route53.root + "/hostedzone/" + PercentEncoding.encode(Route53.bareID(input.hostedZoneId)) + "/rrset"
        if let start = input.start {
            call.query.append(("name", start.name))
            if let type = start.type { call.query.append(("type", type)) }
            if let identifier = start.identifier { call.query.append(("identifier", identifier)) }
        }
        if let count = input.maxItems { call.query.append(("maxitems", String(count))) }
        return try await get(call)
    }

    /// All record sets of a zone.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allResourceRecordSets(
        _ input: ListResourceRecordSetsInput
    ) async throws -> AWSResponse<[ResourceRecordSet]> {
        try await recordSets(input) { _ in true }
    }

    /// All record sets called `name`, of every type.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func resourceRecordSets(
        named name: String,
        hostedZoneId: String
    ) async throws -> AWSResponse<[ResourceRecordSet]> {
        let absolute = (name.hasSuffix(".") ? name : name + ".").lowercased()
        let input = ListResourceRecordSetsInput(hostedZoneId: hostedZoneId, start: RecordPosition(name: absolute))
        return try await recordSets(input) { $0.name.lowercased() == absolute }
    }

    /// Follows pages while every set of them is `wanted`.
    private func recordSets(
        _ input: ListResourceRecordSetsInput,
        wanted: (ResourceRecordSet) -> Bool
    ) async throws -> AWSResponse<[ResourceRecordSet]> {
        var start = input.start
        return try await allPages(
            .route53,
            "ListResourceRecordSets",
            fetch: { _ in
                var page = input
                page.start = start
                let response = try await listResourceRecordSets(page)
                start = response.value.next
                return response
            },
            items: { $0.resourceRecordSets.filter(wanted) },
            next: { page in
                guard page.resourceRecordSets.allSatisfy(wanted), let next = page.next else { return nil }
                return [next.name, next.type ?? "", next.identifier ?? ""].joined(separator: " ")
            }
        )
    }

    /// Where a page of record sets begins.
    public struct RecordPosition: Sendable, Hashable {
        /// Name.
        public var name: String
        /// Type; nil means the first.
        public var type: String?
        /// Set identifier; nil means the first.
        ///
        /// Why: without it a page that ends inside a weighted set repeats for ever.
        public var identifier: String?

        /// Makes a position.
        public init(name: String, type: String? = nil, identifier: String? = nil) {
            self.name = name
            self.type = type
            self.identifier = identifier
        }
    }

    /// Input of `listResourceRecordSets`.
    public struct ListResourceRecordSetsInput: Sendable, Equatable {
        /// Id of the zone, with or without `/hostedzone/`.
        public var hostedZoneId: String
        /// First set; nil starts at the beginning.
        public var start: RecordPosition?
        /// Entries a page, at most 300.
        public var maxItems: Int?

        /// Makes the input; what is nil is left out.
        public init(hostedZoneId: String, start: RecordPosition? = nil, maxItems: Int? = nil) {
            self.hostedZoneId = hostedZoneId
            self.start = start
            self.maxItems = maxItems
        }
    }

    /// Output of `listResourceRecordSets`.
    public struct ListResourceRecordSetsOutput: Sendable, Equatable {
        /// The sets.
        public var resourceRecordSets: [ResourceRecordSet]
        /// Where the next page begins; nil on the last.
        public var next: RecordPosition?
    }
}

extension Route53.ListResourceRecordSetsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        resourceRecordSets = try node.structures("ResourceRecordSets", "ResourceRecordSet")
        let isTruncated = try node.requiredBoolean("IsTruncated")
        next =
            isTruncated
            ? Route53.RecordPosition(
                name: try node.required("NextRecordName"),
                type: node.text("NextRecordType"),
                identifier: node.text("NextRecordIdentifier")
            ) : nil
    }
}
