extension ElasticLoadBalancing {
    /// A target group and its weight.
    public struct TargetGroupTuple: Sendable, Equatable {
        /// ARN.
        public var targetGroupArn: String?
        /// Share, 0 to 999.
        public var weight: Int?

        /// Makes the value.
        public init(targetGroupArn: String? = nil, weight: Int? = nil) {
            self.targetGroupArn = targetGroupArn
            self.weight = weight
        }
    }
}

extension ElasticLoadBalancing.TargetGroupTuple: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("TargetGroupArn", targetGroupArn)
        form.add("Weight", weight)
    }
}

extension ElasticLoadBalancing.TargetGroupTuple: XMLDecodable {
    init(xml node: XMLNode) throws {
        targetGroupArn = node.text("TargetGroupArn")
        weight = try node.integer("Weight")
    }
}
