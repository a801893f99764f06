extension EC2 {
    /// A volume of an instance.
    public struct InstanceBlockDeviceMapping: Sendable, Equatable {
        /// Device, such as `/dev/xvda`.
        public var deviceName: String?
        /// The EBS volume.
        public var ebs: EbsInstanceBlockDevice?

        /// Makes the value.
        public init(deviceName: String? = nil, ebs: EbsInstanceBlockDevice? = nil) {
            self.deviceName = deviceName
            self.ebs = ebs
        }
    }
}

extension EC2.InstanceBlockDeviceMapping: XMLDecodable {
    init(xml node: XMLNode) throws {
        deviceName = node.text("deviceName")
        ebs = try node.structure("ebs")
    }
}
