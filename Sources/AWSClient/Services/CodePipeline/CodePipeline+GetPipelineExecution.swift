extension CodePipeline {
    /// Describes an execution.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_GetPipelineExecution.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getPipelineExecution(_ input: GetPipelineExecutionInput) async throws -> AWSResponse<
        GetPipelineExecutionOutput
    > {
        try await client.json(Call(.codePipeline, "GetPipelineExecution", .readOnly), input)
    }

    /// Input of `getPipelineExecution`.
    public struct GetPipelineExecutionInput: Encodable, Sendable, Equatable {
        /// Pipeline.
        public var pipelineName: String
        /// Execution.
        public var pipelineExecutionId: String

        /// Makes the input; what is nil is left out.
        public init(pipelineName: String, pipelineExecutionId: String) {
            self.pipelineName = pipelineName
            self.pipelineExecutionId = pipelineExecutionId
        }
    }

    /// Output of `getPipelineExecution`.
    public struct GetPipelineExecutionOutput: Decodable, Sendable, Equatable {
        /// The execution.
        public var pipelineExecution: PipelineExecution

        /// Makes the value.
        public init(pipelineExecution: PipelineExecution) {
            self.pipelineExecution = pipelineExecution
        }
    }
}
