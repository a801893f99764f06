extension ElasticLoadBalancing {
    /// A listener.
    public struct Listener: Sendable, Equatable {
        /// ARN.
        public var listenerArn: String
        /// Load balancer.
        public var loadBalancerArn: String?
        /// Port.
        public var port: Int?
        /// Protocol.
        public var protocolName: String?
        /// Default certificate.
        public var certificates: [Certificate]
        /// Security policy.
        public var sslPolicy: String?
        /// Actions when no rule matches.
        public var defaultActions: [Action]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(listenerArn: String) {
            self.listenerArn = listenerArn
            certificates = []
            defaultActions = []
        }
    }
}

extension ElasticLoadBalancing.Listener: XMLDecodable {
    init(xml node: XMLNode) throws {
        listenerArn = try node.required("ListenerArn")
        loadBalancerArn = node.text("LoadBalancerArn")
        port = try node.integer("Port")
        protocolName = node.text("Protocol")
        certificates = try node.structures("Certificates", "member")
        sslPolicy = node.text("SslPolicy")
        defaultActions = try node.structures("DefaultActions", "member")
    }
}
