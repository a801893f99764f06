extension ElasticLoadBalancing {
    /// Health of one target.
    public struct TargetHealthDescription: Sendable, Equatable {
        /// The target.
        public var target: TargetDescription?
        /// Port that is checked.
        public var healthCheckPort: String?
        /// Its health.
        public var targetHealth: TargetHealth?

        /// Makes the value.
        public init(target: TargetDescription? = nil, healthCheckPort: String? = nil, targetHealth: TargetHealth? = nil)
        {
            self.target = target
            self.healthCheckPort = healthCheckPort
            self.targetHealth = targetHealth
        }
    }
}

extension ElasticLoadBalancing.TargetHealthDescription: XMLDecodable {
    init(xml node: XMLNode) throws {
        target = try node.structure("Target")
        healthCheckPort = node.text("HealthCheckPort")
        targetHealth = try node.structure("TargetHealth")
    }
}
