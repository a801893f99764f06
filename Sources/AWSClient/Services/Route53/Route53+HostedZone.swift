extension Route53 {
    /// A zone.
    public struct HostedZone: Sendable, Equatable {
        /// Id, without `/hostedzone/`.
        public var id: String
        /// Name, with its final dot.
        public var name: String
        /// Whether it answers inside VPCs alone.
        public var isPrivate: Bool
        /// Record sets in it.
        public var resourceRecordSetCount: Int?
        /// Remark of its maker.
        public var comment: String?
        /// AWS service that made it and manages it, such as `servicediscovery.amazonaws.com`.
        public var linkedService: String?
    }
}

extension Route53.HostedZone: XMLDecodable {
    init(xml node: XMLNode) throws {
        id = Route53.bareID(try node.required("Id"))
        name = try node.required("Name")
        isPrivate = try node["Config"]?.boolean("PrivateZone") ?? false
        resourceRecordSetCount = try node.integer("ResourceRecordSetCount")
        comment = node["Config"]?.text("Comment")
        linkedService = node["LinkedService"]?.text("ServicePrincipal")
    }
}
