extension CloudWatch {
    /// An alarm on alarms.
    public struct CompositeAlarm: Decodable, Sendable, Equatable {
        /// Name.
        public var alarmName: String
        /// ARN.
        public var alarmArn: String?
        /// Rule.
        public var alarmRule: String?
        /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
        public var stateValue: String
        /// Why.
        public var stateReason: String?
        /// When its state was set last.
        public var stateUpdatedTimestamp: AWSTimestamp?

        private enum CodingKeys: String, CodingKey {
            case alarmName = "AlarmName"
            case alarmArn = "AlarmArn"
            case alarmRule = "AlarmRule"
            case stateValue = "StateValue"
            case stateReason = "StateReason"
            case stateUpdatedTimestamp = "StateUpdatedTimestamp"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(alarmName: String, stateValue: String) {
            self.alarmName = alarmName
            self.stateValue = stateValue
        }
    }
}
