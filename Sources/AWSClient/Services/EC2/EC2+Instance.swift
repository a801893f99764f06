extension EC2 {
    /// An instance.
    public struct Instance: Sendable, Equatable {
        /// Id.
        public var instanceId: String
        /// Machine image it was started from.
        public var imageId: String?
        /// Its state.
        public var state: InstanceState?
        /// Type, such as `t3.large`.
        public var instanceType: String?
        /// Private address.
        public var privateIpAddress: String?
        /// Public address.
        public var publicIpAddress: String?
        /// Private DNS name.
        public var privateDnsName: String?
        /// Public DNS name.
        public var publicDnsName: String?
        /// Subnet.
        public var subnetId: String?
        /// VPC.
        public var vpcId: String?
        /// When it was started last.
        public var launchTime: AWSTimestamp?
        /// `ebs` or `instance-store`; one of the latter cannot be stopped.
        public var rootDeviceType: String?
        /// Why its state changed last.
        public var stateTransitionReason: String?
        /// Its volumes.
        public var blockDeviceMappings: [InstanceBlockDeviceMapping]
        /// Its security groups.
        public var securityGroups: [GroupIdentifier]
        /// Tags.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(instanceId: String) {
            self.instanceId = instanceId
            blockDeviceMappings = []
            securityGroups = []
            tags = []
        }
    }
}

extension EC2.Instance: XMLDecodable {
    init(xml node: XMLNode) throws {
        instanceId = try node.required("instanceId")
        imageId = node.text("imageId")
        state = try node.structure("instanceState")
        instanceType = node.text("instanceType")
        privateIpAddress = node.text("privateIpAddress")
        publicIpAddress = node.text("ipAddress")
        privateDnsName = node.text("privateDnsName")
        publicDnsName = node.text("dnsName")
        subnetId = node.text("subnetId")
        vpcId = node.text("vpcId")
        launchTime = try node.timestamp("launchTime")
        rootDeviceType = node.text("rootDeviceType")
        stateTransitionReason = node.text("reason")
        blockDeviceMappings = try node.structures("blockDeviceMapping", "item")
        securityGroups = try node.structures("groupSet", "item")
        tags = try node.structures("tagSet", "item")
    }
}
