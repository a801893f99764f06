extension CloudWatchLogs {
    /// Makes a log group keep its events for ever.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteRetentionPolicy(_ input: DeleteRetentionPolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatchLogs, "DeleteRetentionPolicy", .convergent), input)
    }

    /// Input of `deleteRetentionPolicy`.
    public struct DeleteRetentionPolicyInput: Encodable, Sendable, Equatable {
        /// Name of the log group.
        public var logGroupName: String

        /// Makes the input.
        public init(logGroupName: String) {
            self.logGroupName = logGroupName
        }
    }
}
