extension ApplicationAutoScaling {
    /// A metric that AWS keeps.
    public struct PredefinedMetric: Codable, Sendable, Equatable {
        /// `ECSServiceAverageCPUUtilization`, `ECSServiceAverageMemoryUtilization`, `ALBRequestCountPerTarget`.
        public var predefinedMetricType: String
        /// Load balancer and target group of `ALBRequestCountPerTarget`.
        public var resourceLabel: String?

        private enum CodingKeys: String, CodingKey {
            case predefinedMetricType = "PredefinedMetricType"
            case resourceLabel = "ResourceLabel"
        }

        /// Makes the value.
        public init(predefinedMetricType: String, resourceLabel: String? = nil) {
            self.predefinedMetricType = predefinedMetricType
            self.resourceLabel = resourceLabel
        }
    }
}
