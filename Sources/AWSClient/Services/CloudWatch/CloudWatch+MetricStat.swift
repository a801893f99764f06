extension CloudWatch {
    /// A statistic of a metric.
    public struct MetricStat: Encodable, Sendable, Equatable {
        /// Metric.
        public var metric: Metric
        /// Unit: seconds.
        public var period: Int
        /// `Sum`, `Average`, `Maximum`, `Minimum`, `SampleCount`, `p99` and others.
        public var stat: String
        /// Unit of the points; nil means any.
        public var unit: String?

        private enum CodingKeys: String, CodingKey {
            case metric = "Metric"
            case period = "Period"
            case stat = "Stat"
            case unit = "Unit"
        }

        /// Makes the value.
        public init(metric: Metric, period: Int, stat: String, unit: String? = nil) {
            self.metric = metric
            self.period = period
            self.stat = stat
            self.unit = unit
        }
    }
}
