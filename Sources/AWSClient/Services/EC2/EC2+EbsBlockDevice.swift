extension EC2 {
    /// An EBS volume of a machine image.
    public struct EbsBlockDevice: Sendable, Equatable {
        /// Snapshot.
        public var snapshotId: String?
        /// Unit: GiB.
        public var volumeSize: Int?
        /// Type, such as `gp3`.
        public var volumeType: String?
        /// Whether it is encrypted.
        public var encrypted: Bool?

        /// Makes the value.
        public init(
            snapshotId: String? = nil,
            volumeSize: Int? = nil,
            volumeType: String? = nil,
            encrypted: Bool? = nil
        ) {
            self.snapshotId = snapshotId
            self.volumeSize = volumeSize
            self.volumeType = volumeType
            self.encrypted = encrypted
        }
    }
}

extension EC2.EbsBlockDevice: XMLDecodable {
    init(xml node: XMLNode) throws {
        snapshotId = node.text("snapshotId")
        volumeSize = try node.integer("volumeSize")
        volumeType = node.text("volumeType")
        encrypted = try node.boolean("encrypted")
    }
}
