extension Route53 {
    /// Describes one zone; `NoSuchHostedZone` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getHostedZone(_ input: GetHostedZoneInput) async throws -> AWSResponse<GetHostedZoneOutput> {
        var call = Call(.route53, "GetHostedZone", .readOnly)
        call.path = Route53.root + "/hostedzone/" + PercentEncoding.encode(Route53.bareID(input.id))
        return try await get(call)
    }

    /// Input of `getHostedZone`.
    public struct GetHostedZoneInput: Sendable, Equatable {
        /// Id, with or without `/hostedzone/`.
        public var id: String

        /// Makes the input.
        public init(id: String) {
            self.id = id
        }
    }

    /// Output of `getHostedZone`.
    public struct GetHostedZoneOutput: Sendable, Equatable {
        /// The zone.
        public var hostedZone: HostedZone
        /// Authoritative name servers of a public zone.
        public var nameServers: [String]
        /// VPCs of a private zone.
        public var vpcs: [VPC]
    }

    /// A VPC that a private zone answers in.
    public struct VPC: Sendable, Equatable {
        /// Id.
        public var vpcId: String?
        /// Region.
        public var vpcRegion: String?
    }
}

extension Route53.GetHostedZoneOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        hostedZone = try node.requiredStructure("HostedZone")
        nameServers = node["DelegationSet"]?.texts("NameServers", "NameServer") ?? []
        vpcs =
            node["VPCs"]?.all("VPC").map { Route53.VPC(vpcId: $0.text("VPCId"), vpcRegion: $0.text("VPCRegion")) } ?? []
    }
}
