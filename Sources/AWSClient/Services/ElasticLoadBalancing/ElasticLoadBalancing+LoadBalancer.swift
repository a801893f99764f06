extension ElasticLoadBalancing {
    /// A load balancer.
    public struct LoadBalancer: Sendable, Equatable {
        /// ARN.
        public var loadBalancerArn: String
        /// DNS name.
        public var dnsName: String?
        /// Zone of that name, for aliases.
        public var canonicalHostedZoneId: String?
        /// Name.
        public var loadBalancerName: String?
        /// `internet-facing` or `internal`.
        public var scheme: String?
        /// VPC.
        public var vpcId: String?
        /// Its state.
        public var state: LoadBalancerState?
        /// `application`, `network` or `gateway`.
        public var type: String?
        /// Its subnets.
        public var availabilityZones: [AvailabilityZone]
        /// Its security groups.
        public var securityGroups: [String]
        /// `ipv4`, `dualstack` or `dualstack-without-public-ipv4`.
        public var ipAddressType: String?
        /// When it was created.
        public var createdTime: AWSTimestamp?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(loadBalancerArn: String) {
            self.loadBalancerArn = loadBalancerArn
            availabilityZones = []
            securityGroups = []
        }
    }
}

extension ElasticLoadBalancing.LoadBalancer: XMLDecodable {
    init(xml node: XMLNode) throws {
        loadBalancerArn = try node.required("LoadBalancerArn")
        dnsName = node.text("DNSName")
        canonicalHostedZoneId = node.text("CanonicalHostedZoneId")
        loadBalancerName = node.text("LoadBalancerName")
        scheme = node.text("Scheme")
        vpcId = node.text("VpcId")
        state = try node.structure("State")
        type = node.text("Type")
        availabilityZones = try node.structures("AvailabilityZones", "member")
        securityGroups = node.texts("SecurityGroups", "member")
        ipAddressType = node.text("IpAddressType")
        createdTime = try node.timestamp("CreatedTime")
    }
}
