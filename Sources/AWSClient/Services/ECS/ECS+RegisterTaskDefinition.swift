extension ECS {
    /// Registers a task definition; each call makes a new revision.
    ///
    /// Effect: reconcilable (list the family's newest revision). Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func registerTaskDefinition(
        _ input: RegisterTaskDefinitionInput
    ) async throws -> AWSResponse<TaskDefinitionOutput> {
        try await taskDefinition(Call(.ecs, "RegisterTaskDefinition", .once), body: input.json)
    }

    /// Input of `registerTaskDefinition`.
    public struct RegisterTaskDefinitionInput: Sendable, Equatable {
        /// The whole request as JSON, sent byte for byte: the format of task definition files.
        public var json: [UInt8]

        /// Makes the input from the bytes of a task definition file.
        public init(json: [UInt8]) {
            self.json = json
        }
    }
}
