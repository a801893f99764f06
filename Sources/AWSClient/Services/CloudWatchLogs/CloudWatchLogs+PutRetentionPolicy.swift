extension CloudWatchLogs {
    /// Sets how long a log group keeps events.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func putRetentionPolicy(_ input: PutRetentionPolicyInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatchLogs, "PutRetentionPolicy", .convergent), input)
    }

    /// Input of `putRetentionPolicy`.
    public struct PutRetentionPolicyInput: Encodable, Sendable, Equatable {
        /// Name.
        public var logGroupName: String
        /// Days; one of those that the API lists, such as 30.
        public var retentionInDays: Int

        /// Makes the input; what is nil is left out.
        public init(logGroupName: String, retentionInDays: Int) {
            self.logGroupName = logGroupName
            self.retentionInDays = retentionInDays
        }
    }
}
