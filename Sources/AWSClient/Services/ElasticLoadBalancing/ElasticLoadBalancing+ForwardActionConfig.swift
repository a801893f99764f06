extension ElasticLoadBalancing {
    /// Target groups and their weights.
    public struct ForwardActionConfig: Sendable, Equatable {
        /// The groups.
        public var targetGroups: [TargetGroupTuple]
        /// Whether clients stay with a group.
        public var targetGroupStickinessConfig: TargetGroupStickinessConfig?

        /// Makes the value.
        public init(targetGroups: [TargetGroupTuple], targetGroupStickinessConfig: TargetGroupStickinessConfig? = nil) {
            self.targetGroups = targetGroups
            self.targetGroupStickinessConfig = targetGroupStickinessConfig
        }
    }
}

extension ElasticLoadBalancing.ForwardActionConfig: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("TargetGroups", targetGroups)
        form.add("TargetGroupStickinessConfig", targetGroupStickinessConfig)
    }
}

extension ElasticLoadBalancing.ForwardActionConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        targetGroups = try node.structures("TargetGroups", "member")
        targetGroupStickinessConfig = try node.structure("TargetGroupStickinessConfig")
    }
}
