extension RDS {
    /// Where a database listens.
    public struct Endpoint: Sendable, Equatable {
        /// Host name.
        public var address: String?
        /// Port.
        public var port: Int?

        /// Makes the value.
        public init(address: String? = nil, port: Int? = nil) {
            self.address = address
            self.port = port
        }
    }
}

extension RDS.Endpoint: XMLDecodable {
    init(xml node: XMLNode) throws {
        address = node.text("Address")
        port = try node.integer("Port")
    }
}
