extension CloudWatch {
    /// Deletes alarms, at most 100.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteAlarms(_ input: DeleteAlarmsInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatch, "DeleteAlarms", .convergent), input)
    }

    /// Input of `deleteAlarms`.
    public struct DeleteAlarmsInput: Encodable, Sendable, Equatable {
        /// Names.
        public var alarmNames: [String]

        private enum CodingKeys: String, CodingKey {
            case alarmNames = "AlarmNames"
        }

        /// Makes the input; what is nil is left out.
        public init(alarmNames: [String]) {
            self.alarmNames = alarmNames
        }
    }
}
