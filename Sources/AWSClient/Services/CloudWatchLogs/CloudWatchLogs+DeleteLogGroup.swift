extension CloudWatchLogs {
    /// Deletes a log group and all that it holds.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteLogGroup(_ input: DeleteLogGroupInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatchLogs, "DeleteLogGroup", .once), input)
    }

    /// Input of `deleteLogGroup`.
    public struct DeleteLogGroupInput: Encodable, Sendable, Equatable {
        /// Name.
        public var logGroupName: String

        /// Makes the input; what is nil is left out.
        public init(logGroupName: String) {
            self.logGroupName = logGroupName
        }
    }
}
