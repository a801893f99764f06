extension ECS {
    /// A cluster.
    public struct Cluster: Decodable, Sendable, Equatable {
        /// ARN.
        public var clusterArn: String
        /// Name.
        public var clusterName: String
        /// `ACTIVE`, `PROVISIONING`, `DEPROVISIONING`, `FAILED` or `INACTIVE`.
        public var status: String
        /// EC2 instances in it.
        public var registeredContainerInstancesCount: Int?
        /// Tasks running.
        public var runningTasksCount: Int?
        /// Tasks pending.
        public var pendingTasksCount: Int?
        /// Services active.
        public var activeServicesCount: Int?
        /// Capacity providers.
        public var capacityProviders: [String]
        /// Settings, when asked for.
        public var settings: [ClusterSetting]
        /// Tags, when asked for.
        public var tags: [Tag]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(clusterArn: String, clusterName: String, status: String) {
            self.clusterArn = clusterArn
            self.clusterName = clusterName
            self.status = status
            capacityProviders = []
            settings = []
            tags = []
        }

        private enum CodingKeys: String, CodingKey {
            case clusterArn, clusterName, status, registeredContainerInstancesCount, runningTasksCount,
                pendingTasksCount, activeServicesCount, capacityProviders, settings, tags
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            clusterArn = try members.decode(String.self, forKey: .clusterArn)
            clusterName = try members.decode(String.self, forKey: .clusterName)
            status = try members.decode(String.self, forKey: .status)
            registeredContainerInstancesCount = try members.decodeIfPresent(
                Int.self,
                forKey: .registeredContainerInstancesCount
            )
            runningTasksCount = try members.decodeIfPresent(Int.self, forKey: .runningTasksCount)
            pendingTasksCount = try members.decodeIfPresent(Int.self, forKey: .pendingTasksCount)
            activeServicesCount = try members.decodeIfPresent(Int.self, forKey: .activeServicesCount)
            capacityProviders = try members.decodeIfPresent([String].self, forKey: .capacityProviders) ?? []
            settings = try members.decodeIfPresent([ClusterSetting].self, forKey: .settings) ?? []
            tags = try members.decodeIfPresent([Tag].self, forKey: .tags) ?? []
        }
    }
}
