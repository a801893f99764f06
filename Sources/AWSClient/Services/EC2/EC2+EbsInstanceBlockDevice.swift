extension EC2 {
    /// An EBS volume of an instance.
    public struct EbsInstanceBlockDevice: Sendable, Equatable {
        /// Id.
        public var volumeId: String?
        /// `attaching`, `attached`, `detaching` or `detached`.
        public var status: String?
        /// Whether it ends with the instance.
        public var deleteOnTermination: Bool?

        /// Makes the value.
        public init(volumeId: String? = nil, status: String? = nil, deleteOnTermination: Bool? = nil) {
            self.volumeId = volumeId
            self.status = status
            self.deleteOnTermination = deleteOnTermination
        }
    }
}

extension EC2.EbsInstanceBlockDevice: XMLDecodable {
    init(xml node: XMLNode) throws {
        volumeId = node.text("volumeId")
        status = node.text("status")
        deleteOnTermination = try node.boolean("deleteOnTermination")
    }
}
