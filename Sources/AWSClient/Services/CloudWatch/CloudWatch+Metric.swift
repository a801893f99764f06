extension CloudWatch {
    /// A metric.
    public struct Metric: Encodable, Sendable, Equatable {
        /// Namespace, such as `AWS/ApplicationELB`.
        public var namespace: String
        /// Name.
        public var metricName: String
        /// Dimensions.
        public var dimensions: [Dimension]?

        private enum CodingKeys: String, CodingKey {
            case namespace = "Namespace"
            case metricName = "MetricName"
            case dimensions = "Dimensions"
        }

        /// Makes the value.
        public init(namespace: String, metricName: String, dimensions: [Dimension]? = nil) {
            self.namespace = namespace
            self.metricName = metricName
            self.dimensions = dimensions
        }
    }
}
