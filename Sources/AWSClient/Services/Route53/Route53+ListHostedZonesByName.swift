extension Route53 {
    /// Lists zones in the order of their names, from `dnsName` on, one page.
    ///
    /// The list goes on past the name asked for: compare the names of what it returns.
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listHostedZonesByName(
        _ input: ListHostedZonesByNameInput
    ) async throws -> AWSResponse<ListHostedZonesByNameOutput> {
        var call = Call(.route53, "ListHostedZonesByName", .readOnly)
        call.path = Route53.root + "/hostedzonesbyname"
        if let name = input.dnsName { call.query.append(("dnsname", name)) }
        if let id = input.hostedZoneId { call.query.append(("hostedzoneid", id)) }
        if let count = input.maxItems { call.query.append(("maxitems", String(count))) }
        return try await get(call)
    }

    /// Zones called `name`: a public and several private ones may share it.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func hostedZones(named name: String) async throws -> AWSResponse<[HostedZone]> {
        let absolute = (name.hasSuffix(".") ? name : name + ".").lowercased()
        let page: (HostedZone) -> Bool = { $0.name.lowercased() == absolute }
        return try await allPages(
            .route53,
            "ListHostedZonesByName",
            fetch: { token in
                let parts = token?.split(separator: " ").map(String.init)
                return try await listHostedZonesByName(
                    ListHostedZonesByNameInput(dnsName: parts?.first ?? absolute, hostedZoneId: parts?.last)
                )
            },
            items: { $0.hostedZones.filter(page) },
            next: { found in
                // Sorted by name: once another name has come, no more of ours will.
                guard found.hostedZones.allSatisfy(page), let name = found.nextDNSName,
                    let id = found.nextHostedZoneId
                else { return nil }
                return "\(name) \(id)"
            }
        )
    }

    /// Input of `listHostedZonesByName`.
    public struct ListHostedZonesByNameInput: Sendable, Equatable {
        /// First name; nil starts at the beginning.
        public var dnsName: String?
        /// First id among zones of that name.
        public var hostedZoneId: String?
        /// Entries a page, at most 300.
        public var maxItems: Int?

        /// Makes the input; what is nil is left out.
        public init(dnsName: String? = nil, hostedZoneId: String? = nil, maxItems: Int? = nil) {
            self.dnsName = dnsName
            self.hostedZoneId = hostedZoneId
            self.maxItems = maxItems
        }
    }

    /// Output of `listHostedZonesByName`.
    public struct ListHostedZonesByNameOutput: Sendable, Equatable {
        /// The zones.
        public var hostedZones: [HostedZone]
        /// Whether there are more.
        public var isTruncated: Bool
        /// First name of the next page.
        public var nextDNSName: String?
        /// First id of the next page.
        public var nextHostedZoneId: String?
    }
}

extension Route53.ListHostedZonesByNameOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        hostedZones = try node.structures("HostedZones", "HostedZone")
        nextDNSName = node.text("NextDNSName")
        // An emulator was seen to leave it out; a next name says the same.
        isTruncated = try node.boolean("IsTruncated") ?? (nextDNSName != nil)
        nextHostedZoneId = node.text("NextHostedZoneId")
    }
}
