extension ElasticLoadBalancing {
    /// A target group.
    public struct TargetGroup: Sendable, Equatable {
        /// ARN.
        public var targetGroupArn: String
        /// Name.
        public var targetGroupName: String?
        /// Protocol to targets.
        public var protocolName: String?
        /// Port of targets, unless registered with another.
        public var port: Int?
        /// VPC.
        public var vpcId: String?
        /// Protocol of health checks.
        public var healthCheckProtocol: String?
        /// Port of health checks; `traffic-port` means the target's own.
        public var healthCheckPort: String?
        /// Whether health is checked.
        public var healthCheckEnabled: Bool?
        /// Seconds between checks.
        public var healthCheckIntervalSeconds: Int?
        /// Seconds until a check has failed.
        public var healthCheckTimeoutSeconds: Int?
        /// Good checks until healthy.
        public var healthyThresholdCount: Int?
        /// Failed checks until unhealthy.
        public var unhealthyThresholdCount: Int?
        /// Path of HTTP checks.
        public var healthCheckPath: String?
        /// Answers that count as good.
        public var matcher: Matcher?
        /// Load balancers that send to it.
        public var loadBalancerArns: [String]
        /// `instance`, `ip`, `lambda` or `alb`.
        public var targetType: String?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(targetGroupArn: String) {
            self.targetGroupArn = targetGroupArn
            loadBalancerArns = []
        }
    }
}

extension ElasticLoadBalancing.TargetGroup: XMLDecodable {
    init(xml node: XMLNode) throws {
        targetGroupArn = try node.required("TargetGroupArn")
        targetGroupName = node.text("TargetGroupName")
        protocolName = node.text("Protocol")
        port = try node.integer("Port")
        vpcId = node.text("VpcId")
        healthCheckProtocol = node.text("HealthCheckProtocol")
        healthCheckPort = node.text("HealthCheckPort")
        healthCheckEnabled = try node.boolean("HealthCheckEnabled")
        healthCheckIntervalSeconds = try node.integer("HealthCheckIntervalSeconds")
        healthCheckTimeoutSeconds = try node.integer("HealthCheckTimeoutSeconds")
        healthyThresholdCount = try node.integer("HealthyThresholdCount")
        unhealthyThresholdCount = try node.integer("UnhealthyThresholdCount")
        healthCheckPath = node.text("HealthCheckPath")
        matcher = try node.structure("Matcher")
        loadBalancerArns = node.texts("LoadBalancerArns", "member")
        targetType = node.text("TargetType")
    }
}
