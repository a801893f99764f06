extension EC2 {
    /// A machine image.
    public struct Image: Sendable, Equatable {
        /// Id.
        public var imageId: String
        /// Name.
        public var name: String?
        /// What it is for.
        public var description: String?
        /// `pending`, `available`, `invalid`, `deregistered`, `transient`, `failed`, `error` or `disabled`.
        public var state: String?
        /// Why it failed.
        public var stateReason: StateReason?
        /// When it was created, ISO 8601.
        public var creationDate: String?
        /// Account.
        public var ownerId: String?
        /// Instance it was made of.
        public var sourceInstanceId: String?
        /// `x86_64`, `arm64` and others.
        public var architecture: String?
        /// `ebs` or `instance-store`.
        public var rootDeviceType: String?
        /// Its snapshots.
        public var blockDeviceMappings: [BlockDeviceMapping]
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(imageId: String) {
            self.imageId = imageId
            blockDeviceMappings = []
            tags = []
        }
    }
}

extension EC2.Image: XMLDecodable {
    init(xml node: XMLNode) throws {
        imageId = try node.required("imageId")
        name = node.text("name")
        description = node.text("description")
        state = node.text("imageState")
        stateReason = try node.structure("stateReason")
        creationDate = node.text("creationDate")
        ownerId = node.text("imageOwnerId")
        sourceInstanceId = node.text("sourceInstanceId")
        architecture = node.text("architecture")
        rootDeviceType = node.text("rootDeviceType")
        blockDeviceMappings = try node.structures("blockDeviceMapping", "item")
        tags = try node.structures("tagSet", "item")
    }
}
