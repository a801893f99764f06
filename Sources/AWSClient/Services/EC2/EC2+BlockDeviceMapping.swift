extension EC2 {
    /// A volume of a machine image.
    public struct BlockDeviceMapping: Sendable, Equatable {
        /// Device, such as `/dev/xvda`.
        public var deviceName: String?
        /// The EBS snapshot.
        public var ebs: EbsBlockDevice?

        /// Makes the value.
        public init(deviceName: String? = nil, ebs: EbsBlockDevice? = nil) {
            self.deviceName = deviceName
            self.ebs = ebs
        }
    }
}

extension EC2.BlockDeviceMapping: XMLDecodable {
    init(xml node: XMLNode) throws {
        deviceName = node.text("deviceName")
        ebs = try node.structure("ebs")
    }
}
