extension ServiceDiscovery {
    /// An instance found.
    public struct DiscoveredInstance: Decodable, Sendable, Equatable {
        /// Id.
        public var instanceId: String
        /// Namespace.
        public var namespaceName: String?
        /// Service.
        public var serviceName: String?
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
        public var healthStatus: String?
        /// Attributes, such as `AWS_INSTANCE_IPV4`.
        public var attributes: [String: String]

        private enum CodingKeys: String, CodingKey {
            case instanceId = "InstanceId"
            case namespaceName = "NamespaceName"
            case serviceName = "ServiceName"
            case healthStatus = "HealthStatus"
            case attributes = "Attributes"
        }

        /// Makes the value.
        public init(
            instanceId: String,
            namespaceName: String? = nil,
            serviceName: String? = nil,
            healthStatus: String? = nil,
            attributes: [String: String] = [:]
        ) {
            self.instanceId = instanceId
            self.namespaceName = namespaceName
            self.serviceName = serviceName
            self.healthStatus = healthStatus
            self.attributes = attributes
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            instanceId = try members.decode(String.self, forKey: .instanceId)
            namespaceName = try members.decodeIfPresent(String.self, forKey: .namespaceName)
            serviceName = try members.decodeIfPresent(String.self, forKey: .serviceName)
            healthStatus = try members.decodeIfPresent(String.self, forKey: .healthStatus)
            attributes = try members.decodeIfPresent([String: String].self, forKey: .attributes) ?? [:]
        }
    }
}
