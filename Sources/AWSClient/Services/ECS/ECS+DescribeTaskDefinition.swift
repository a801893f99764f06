extension ECS {
    /// Describes one task definition; `ClientException` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTaskDefinition.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeTaskDefinition(
        _ input: DescribeTaskDefinitionInput
    ) async throws -> AWSResponse<TaskDefinitionOutput> {
        let call = Call(.ecs, "DescribeTaskDefinition", .readOnly)
        return try await taskDefinition(call, body: try JSONWire.encode(input, for: call))
    }

    /// Input of `describeTaskDefinition`.
    public struct DescribeTaskDefinitionInput: Encodable, Sendable, Equatable {
        /// Family for its newest active revision, `family:revision` or ARN.
        public var taskDefinition: String
        /// Extra parts: `TAGS`.
        public var include: [String]?

        /// Makes the input; what is nil is left out.
        public init(taskDefinition: String, include: [String]? = nil) {
            self.taskDefinition = taskDefinition
            self.include = include
        }
    }
}
