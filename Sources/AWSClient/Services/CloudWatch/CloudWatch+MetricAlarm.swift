extension CloudWatch {
    /// An alarm on a metric.
    public struct MetricAlarm: Decodable, Sendable, Equatable {
        /// Name.
        public var alarmName: String
        /// ARN.
        public var alarmArn: String?
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        public var stateValue: String
        /// Why.
        public var stateReason: String?
        /// When its state was set last.
        public var stateUpdatedTimestamp: AWSTimestamp?
        /// When its state changed last.
        public var stateTransitionedTimestamp: AWSTimestamp?
        /// Metric.
        public var metricName: String?
        /// Namespace.
        public var namespace: String?
        /// Unit: seconds.
        public var period: Int?
        /// Periods looked at.
        public var evaluationPeriods: Int?
        /// Breaching points among them that alarm.
        public var datapointsToAlarm: Int?
        /// Threshold.
        public var threshold: Double?
        /// How it is compared.
        public var comparisonOperator: String?
        /// `breaching`, `notBreaching`, `ignore` or `missing`.
        public var treatMissingData: String?
        /// Whether its actions are carried out.
        public var actionsEnabled: Bool?
        /// Words on it.
        public var alarmDescription: String?
        /// ARNs told when it alarms.
        public var alarmActions: [String]?
        /// ARNs told when it is well again.
        public var okActions: [String]?
        /// ARNs told when data is missing.
        public var insufficientDataActions: [String]?
        /// `Average`, `Sum` and so on.
        public var statistic: String?
        /// Percentile, such as `p99`.
        public var extendedStatistic: String?
        /// Which series.
        public var dimensions: [Dimension]?
        /// Unit of the metric.
        public var unit: String?
        /// Metrics and mathematics over them, in place of one metric.
        public var metrics: [JSONDocument]?

        private enum CodingKeys: String, CodingKey {
            case alarmName = "AlarmName"
            case alarmArn = "AlarmArn"
            case stateValue = "StateValue"
            case stateReason = "StateReason"
            case stateUpdatedTimestamp = "StateUpdatedTimestamp"
            case stateTransitionedTimestamp = "StateTransitionedTimestamp"
            case metricName = "MetricName"
            case namespace = "Namespace"
            case period = "Period"
            case evaluationPeriods = "EvaluationPeriods"
            case datapointsToAlarm = "DatapointsToAlarm"
            case threshold = "Threshold"
            case comparisonOperator = "ComparisonOperator"
            case treatMissingData = "TreatMissingData"
            case actionsEnabled = "ActionsEnabled"
            case alarmDescription = "AlarmDescription"
            case alarmActions = "AlarmActions"
            case okActions = "OKActions"
            case insufficientDataActions = "InsufficientDataActions"
            case statistic = "Statistic"
            case extendedStatistic = "ExtendedStatistic"
            case dimensions = "Dimensions"
            case unit = "Unit"
            case metrics = "Metrics"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(alarmName: String, stateValue: String) {
            self.alarmName = alarmName
            self.stateValue = stateValue
        }
    }
}
