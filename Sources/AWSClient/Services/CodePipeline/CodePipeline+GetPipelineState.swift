extension CodePipeline {
    /// Describes the stages of a pipeline.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipelineState.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getPipelineState(_ input: GetPipelineStateInput) async throws -> AWSResponse<GetPipelineStateOutput> {
        try await client.json(Call(.codePipeline, "GetPipelineState", .readOnly), input)
    }

    /// Input of `getPipelineState`.
    public struct GetPipelineStateInput: Encodable, Sendable, Equatable {
        /// Pipeline.
        public var name: String

        /// Makes the input; what is nil is left out.
        public init(name: String) {
            self.name = name
        }
    }

    /// Output of `getPipelineState`.
    public struct GetPipelineStateOutput: Decodable, Sendable, Equatable {
        /// Its stages.
        public var stageStates: [StageState]?

        /// Makes the value.
        public init(stageStates: [StageState]? = nil) {
            self.stageStates = stageStates
        }
    }
}
