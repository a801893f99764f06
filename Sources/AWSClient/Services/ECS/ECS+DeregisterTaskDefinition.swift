extension ECS {
    /// Makes a task definition inactive; services that use it go on.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterTaskDefinition.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deregisterTaskDefinition(
        _ input: DeregisterTaskDefinitionInput
    ) async throws -> AWSResponse<TaskDefinitionOutput> {
        let call = Call(.ecs, "DeregisterTaskDefinition", .once)
        return try await taskDefinition(call, body: try JSONWire.encode(input, for: call))
    }

    /// Input of `deregisterTaskDefinition`.
    public struct DeregisterTaskDefinitionInput: Encodable, Sendable, Equatable {
        /// `family:revision` or ARN.
        public var taskDefinition: String

        /// Makes the input.
        public init(taskDefinition: String) {
            self.taskDefinition = taskDefinition
        }
    }
}
