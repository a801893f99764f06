extension EC2 {
    /// A volume snapshot.
    public struct Snapshot: Sendable, Equatable {
        /// Id.
        public var snapshotId: String
        /// Volume.
        public var volumeId: String?
        /// Unit: GiB.
        public var volumeSize: Int?
        /// `pending`, `completed`, `error`, `recoverable` or `recovering`.
        public var state: String?
        /// Why it failed.
        public var stateMessage: String?
        /// When it began.
        public var startTime: AWSTimestamp?
        /// How far it is, such as `87%`.
        public var progress: String?
        /// What it is for.
        public var description: String?
        /// Whether it is encrypted.
        public var encrypted: Bool?
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(snapshotId: String) {
            self.snapshotId = snapshotId
            tags = []
        }
    }
}

extension EC2.Snapshot: XMLDecodable {
    init(xml node: XMLNode) throws {
        snapshotId = try node.required("snapshotId")
        volumeId = node.text("volumeId")
        volumeSize = try node.integer("volumeSize")
        state = node.text("status")
        stateMessage = node.text("statusMessage")
        startTime = try node.timestamp("startTime")
        progress = node.text("progress")
        description = node.text("description")
        encrypted = try node.boolean("encrypted")
        tags = try node.structures("tagSet", "item")
    }
}
