extension CloudWatch {
    /// Makes an alarm or replaces it; its state is kept.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putMetricAlarm(_ input: PutMetricAlarmInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatch, "PutMetricAlarm", .convergent), input)
    }

    /// Input of `putMetricAlarm`.
    public struct PutMetricAlarmInput: Encodable, Sendable, Equatable {
        /// Name.
        public var alarmName: String
        /// Words on it.
        public var alarmDescription: String?
        /// Whether its actions are carried out.
        public var actionsEnabled: Bool?
        /// ARNs told when it alarms.
        public var alarmActions: [String]?
        /// ARNs told when it is well again.
        public var okActions: [String]?
        /// ARNs told when data is missing.
        public var insufficientDataActions: [String]?
        /// Metric.
        public var metricName: String?
        /// Namespace.
        public var namespace: String?
        /// `Average`, `Sum`, `Minimum`, `Maximum`, `SampleCount`.
        public var statistic: String?
        /// Percentile, such as `p99`.
        public var extendedStatistic: String?
        /// Which series.
        public var dimensions: [Dimension]?
        /// Seconds of one point.
        public var period: Int?
        /// Unit of the metric.
        public var unit: String?
        /// Periods looked at.
        public var evaluationPeriods: Int
        /// Breaching points among them that alarm.
        public var datapointsToAlarm: Int?
        /// Threshold.
        public var threshold: Double?
        /// How it is compared, such as `GreaterThanThreshold`.
        public var comparisonOperator: String
        /// `breaching`, `notBreaching`, `ignore` or `missing`.
        public var treatMissingData: String?

        private enum CodingKeys: String, CodingKey {
            case alarmName = "AlarmName"
            case alarmDescription = "AlarmDescription"
            case actionsEnabled = "ActionsEnabled"
            case alarmActions = "AlarmActions"
            case okActions = "OKActions"
            case insufficientDataActions = "InsufficientDataActions"
            case metricName = "MetricName"
            case namespace = "Namespace"
            case statistic = "Statistic"
            case extendedStatistic = "ExtendedStatistic"
            case dimensions = "Dimensions"
            case period = "Period"
            case unit = "Unit"
            case evaluationPeriods = "EvaluationPeriods"
            case datapointsToAlarm = "DatapointsToAlarm"
            case threshold = "Threshold"
            case comparisonOperator = "ComparisonOperator"
            case treatMissingData = "TreatMissingData"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(alarmName: String, evaluationPeriods: Int, comparisonOperator: String) {
            self.alarmName = alarmName
            self.evaluationPeriods = evaluationPeriods
            self.comparisonOperator = comparisonOperator
        }
    }
}
