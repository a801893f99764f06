extension EFS {
    /// A mount target.
    public struct MountTarget: Decodable, Sendable, Equatable {
        /// Id.
        public var mountTargetId: String
        /// Subnet.
        public var subnetId: String?
        /// `creating`, `available` and others.
        public var lifeCycleState: String
        /// Address.
        public var ipAddress: String?

        private enum CodingKeys: String, CodingKey {
            case mountTargetId = "MountTargetId"
            case subnetId = "SubnetId"
            case lifeCycleState = "LifeCycleState"
            case ipAddress = "IpAddress"
        }

        /// Makes the value.
        public init(mountTargetId: String, lifeCycleState: String, subnetId: String? = nil, ipAddress: String? = nil) {
            self.mountTargetId = mountTargetId
            self.subnetId = subnetId
            self.lifeCycleState = lifeCycleState
            self.ipAddress = ipAddress
        }
    }
}
