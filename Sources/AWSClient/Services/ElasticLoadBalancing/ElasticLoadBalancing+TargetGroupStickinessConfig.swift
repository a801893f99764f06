extension ElasticLoadBalancing {
    /// Whether clients stay with a target group.
    public struct TargetGroupStickinessConfig: Sendable, Equatable {
        /// Whether they do.
        public var enabled: Bool?
        /// For how long.
        public var durationSeconds: Int?

        /// Makes the value.
        public init(enabled: Bool? = nil, durationSeconds: Int? = nil) {
            self.enabled = enabled
            self.durationSeconds = durationSeconds
        }
    }
}

extension ElasticLoadBalancing.TargetGroupStickinessConfig: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Enabled", enabled)
        form.add("DurationSeconds", durationSeconds)
    }
}

extension ElasticLoadBalancing.TargetGroupStickinessConfig: XMLDecodable {
    init(xml node: XMLNode) throws {
        enabled = try node.boolean("Enabled")
        durationSeconds = try node.integer("DurationSeconds")
    }
}
