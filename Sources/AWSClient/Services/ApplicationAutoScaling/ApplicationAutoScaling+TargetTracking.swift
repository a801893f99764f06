extension ApplicationAutoScaling {
    /// A metric and the value that it is held at.
    public struct TargetTracking: Codable, Sendable, Equatable {
        /// Value that the metric is held at.
        public var targetValue: Double
        /// A metric of AWS.
        public var predefinedMetricSpecification: PredefinedMetric?
        /// Seconds between two steps down.
        public var scaleInCooldown: Int?
        /// Seconds between two steps up.
        public var scaleOutCooldown: Int?

        private enum CodingKeys: String, CodingKey {
            case targetValue = "TargetValue"
            case predefinedMetricSpecification = "PredefinedMetricSpecification"
            case scaleInCooldown = "ScaleInCooldown"
            case scaleOutCooldown = "ScaleOutCooldown"
        }

        /// Makes the value.
        public init(
            targetValue: Double,
            predefinedMetricSpecification: PredefinedMetric? = nil,
            scaleInCooldown: Int? = nil,
            scaleOutCooldown: Int? = nil
        ) {
            self.targetValue = targetValue
            self.predefinedMetricSpecification = predefinedMetricSpecification
            self.scaleInCooldown = scaleInCooldown
            self.scaleOutCooldown = scaleOutCooldown
        }
    }
}
