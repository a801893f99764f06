extension ECS {
    /// Stops a task.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func stopTask(_ input: StopTaskInput) async throws -> AWSResponse<NoOutput> {
        try await client.json(Call(.ecs, "StopTask", .convergent), input)
    }

    /// Input of `stopTask`.
    public struct StopTaskInput: Encodable, Sendable, Equatable {
        /// Name or ARN of the cluster; nil means `default`.
        public var cluster: String?
        /// Id or ARN.
        public var task: String
        /// Words that the task keeps.
        public var reason: String?

        /// Makes the input; what is nil is left out.
        public init(task: String, cluster: String? = nil, reason: String? = nil) {
            self.cluster = cluster
            self.task = task
            self.reason = reason
        }
    }
}
