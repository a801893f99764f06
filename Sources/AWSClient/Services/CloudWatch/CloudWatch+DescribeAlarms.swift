extension CloudWatch {
    /// Describes alarms, one page; missing names are left out without a word.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeAlarms(_ input: DescribeAlarmsInput) async throws -> AWSResponse<DescribeAlarmsOutput> {
        try await client.json(Call(.cloudWatch, "DescribeAlarms", .readOnly), input)
    }

    /// Input of `describeAlarms`.
    public struct DescribeAlarmsInput: Encodable, Sendable, Equatable {
        /// Names, at most 100; nil means all.
        public var alarmNames: [String]?
        /// Start of their names.
        public var alarmNamePrefix: String?
        /// `MetricAlarm`, `CompositeAlarm`; nil means metric alarms alone.
        public var alarmTypes: [String]?
        /// State that they must be in.
        public var stateValue: String?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 100.
        public var maxRecords: Int?

        private enum CodingKeys: String, CodingKey {
            case alarmNames = "AlarmNames"
            case alarmNamePrefix = "AlarmNamePrefix"
            case alarmTypes = "AlarmTypes"
            case stateValue = "StateValue"
            case nextToken = "NextToken"
            case maxRecords = "MaxRecords"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init() {
        }
    }

    /// Output of `describeAlarms`.
    public struct DescribeAlarmsOutput: Decodable, Sendable, Equatable {
        /// Alarms on metrics.
        public var metricAlarms: [MetricAlarm]
        /// Alarms on alarms.
        public var compositeAlarms: [CompositeAlarm]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case metricAlarms = "MetricAlarms"
            case compositeAlarms = "CompositeAlarms"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(metricAlarms: [MetricAlarm] = [], compositeAlarms: [CompositeAlarm] = [], nextToken: String? = nil)
        {
            self.metricAlarms = metricAlarms
            self.compositeAlarms = compositeAlarms
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            metricAlarms = try members.decodeIfPresent([MetricAlarm].self, forKey: .metricAlarms) ?? []
            compositeAlarms = try members.decodeIfPresent([CompositeAlarm].self, forKey: .compositeAlarms) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
