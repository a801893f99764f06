extension Route53 {
    /// Lists protections of record sets in a zone, one page.
    ///
    /// While a name and type is protected, batches that would create, change or delete its sets are refused.
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSetProtections.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listResourceRecordSetProtections(
        _ input: ListResourceRecordSetProtectionsInput
    ) async throws -> AWSResponse<ListResourceRecordSetProtectionsOutput> {
        var call = Call(.route53, "ListResourceRecordSetProtections", .readOnly)
        call.path =
            Route53.root + "/hostedzone/" + PercentEncoding.encode(Route53.bareID(input.hostedZoneId))
            + "/rrsetprotection"
        if let name = input.startRecordName { call.query.append(("name", name)) }
        if let token = input.nextToken { call.query.append(("nexttoken", token)) }
        return try await get(call)
    }

    /// Protections of all sets called `name`, of every type.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func protections(
        of name: String,
        hostedZoneId: String
    ) async throws -> AWSResponse<[ResourceRecordSetProtection]> {
        let absolute = (name.hasSuffix(".") ? name : name + ".").lowercased()
        let isWanted: (ResourceRecordSetProtection) -> Bool = {
            let found = $0.recordName.lowercased()
            return (found.hasSuffix(".") ? found : found + ".") == absolute
        }
        return try await allPages(
            .route53,
            "ListResourceRecordSetProtections",
            fetch: { token in
                var page = ListResourceRecordSetProtectionsInput(hostedZoneId: hostedZoneId)
                page.startRecordName = absolute
                page.nextToken = token
                return try await listResourceRecordSetProtections(page)
            },
            items: { $0.protections.filter(isWanted) },
            // Why not only until another name comes: the page does not say in which order they are listed.
            next: \.nextToken
        )
    }

    /// Input of `listResourceRecordSetProtections`.
    public struct ListResourceRecordSetProtectionsInput: Sendable, Equatable {
        /// Id of the zone, with or without `/hostedzone/`.
        public var hostedZoneId: String
        /// First name, of no effect beside a page token; nil starts at the beginning.
        public var startRecordName: String?
        /// Page token.
        public var nextToken: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(hostedZoneId: String) {
            self.hostedZoneId = hostedZoneId
        }
    }

    /// Output of `listResourceRecordSetProtections`.
    public struct ListResourceRecordSetProtectionsOutput: Sendable, Equatable {
        /// The protections.
        public var protections: [ResourceRecordSetProtection]
        /// Page token of the next page.
        public var nextToken: String?
    }

    /// A protection of the sets of one name and type.
    public struct ResourceRecordSetProtection: Sendable, Equatable {
        /// Name.
        public var recordName: String
        /// Type: `A`.
        public var recordType: String
        /// What whoever made it said of it.
        public var comment: String?
    }
}

extension Route53.ListResourceRecordSetProtectionsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        protections = try node.structures("ResourceRecordSetProtections", "ResourceRecordSetProtection")
        nextToken = node.text("NextToken")
    }
}

extension Route53.ResourceRecordSetProtection: XMLDecodable {
    init(xml node: XMLNode) throws {
        recordName = try node.required("RecordName")
        recordType = try node.required("RecordType")
        comment = node.text("Comment")
    }
}
