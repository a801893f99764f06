extension ElasticLoadBalancing {
    /// A target.
    public struct TargetDescription: Sendable, Equatable {
        /// Instance id, address or ARN.
        public var id: String
        /// Port.
        public var port: Int?
        /// Availability zone; `all` for an address outside the VPC.
        public var availabilityZone: String?

        /// Makes the value.
        public init(id: String, port: Int? = nil, availabilityZone: String? = nil) {
            self.id = id
            self.port = port
            self.availabilityZone = availabilityZone
        }
    }
}

extension ElasticLoadBalancing.TargetDescription: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Id", id)
        form.add("Port", port)
        form.add("AvailabilityZone", availabilityZone)
    }
}

extension ElasticLoadBalancing.TargetDescription: XMLDecodable {
    init(xml node: XMLNode) throws {
        id = try node.required("Id")
        port = try node.integer("Port")
        availabilityZone = node.text("AvailabilityZone")
    }
}
