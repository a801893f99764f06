extension CloudWatch {
    /// One thing asked of the metrics.
    public struct MetricDataQuery: Encodable, Sendable, Equatable {
        /// Name of the result, starting with a small letter.
        public var id: String
        /// Metric; nil when an expression is given.
        public var metricStat: MetricStat?
        /// Metric expression.
        public var expression: String?
        /// Words for the result.
        public var label: String?
        /// Whether the result is returned; nil means yes.
        public var returnData: Bool?
        /// Of an expression.
        ///
        /// Unit: seconds.
        public var period: Int?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case metricStat = "MetricStat"
            case expression = "Expression"
            case label = "Label"
            case returnData = "ReturnData"
            case period = "Period"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(id: String) {
            self.id = id
        }
    }
}
