extension CloudWatchLogs {
    /// Creates a log group; `ResourceAlreadyExistsException` when there is one of that name.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createLogGroup(_ input: CreateLogGroupInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.cloudWatchLogs, "CreateLogGroup", .once), input)
    }

    /// Input of `createLogGroup`.
    public struct CreateLogGroupInput: Encodable, Sendable, Equatable {
        /// Name.
        public var logGroupName: String
        /// ARN of the key; nil means AWS's own.
        public var kmsKeyId: String?
        /// Tags.
        public var tags: [String: String]?

        /// Makes the input; what is nil is left out.
        public init(logGroupName: String, kmsKeyId: String? = nil, tags: [String: String]? = nil) {
            self.logGroupName = logGroupName
            self.kmsKeyId = kmsKeyId
            self.tags = tags
        }
    }
}
