extension ElasticLoadBalancing {
    /// A certificate.
    public struct Certificate: Sendable, Equatable {
        /// ARN.
        public var certificateArn: String?
        /// Whether it is the default; not in requests.
        public var isDefault: Bool?

        /// Makes the value.
        public init(certificateArn: String? = nil, isDefault: Bool? = nil) {
            self.certificateArn = certificateArn
            self.isDefault = isDefault
        }
    }
}

extension ElasticLoadBalancing.Certificate: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("CertificateArn", certificateArn)
        form.add("IsDefault", isDefault)
    }
}

extension ElasticLoadBalancing.Certificate: XMLDecodable {
    init(xml node: XMLNode) throws {
        certificateArn = node.text("CertificateArn")
        isDefault = try node.boolean("IsDefault")
    }
}
