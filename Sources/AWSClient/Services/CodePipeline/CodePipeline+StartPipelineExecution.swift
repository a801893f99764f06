extension CodePipeline {
    /// Starts a pipeline.
    ///
    /// Effect: token. Token: `clientRequestToken`.
    /// Page: https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_StartPipelineExecution.html; shapes read
    /// in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func startPipelineExecution(_ input: StartPipelineExecutionInput) async throws -> AWSResponse<
        StartPipelineExecutionOutput
    > {
        try await client.json(Call(.codePipeline, "StartPipelineExecution", .token), input)
    }

    /// Input of `startPipelineExecution`.
    public struct StartPipelineExecutionInput: Encodable, Sendable, Equatable {
        /// Pipeline.
        public var name: String
        /// Values of its variables.
        public var variables: [PipelineVariable]?
        /// Token that makes a repeated call one, at most 128 characters.
        public var clientRequestToken: String?

        /// Makes the input; what is nil is left out.
        public init(name: String, variables: [PipelineVariable]? = nil, clientRequestToken: String? = nil) {
            self.name = name
            self.variables = variables
            self.clientRequestToken = clientRequestToken
        }
    }

    /// Output of `startPipelineExecution`.
    public struct StartPipelineExecutionOutput: Decodable, Sendable, Equatable {
        /// Id of the execution.
        public var pipelineExecutionId: String

        /// Makes the value.
        public init(pipelineExecutionId: String) {
            self.pipelineExecutionId = pipelineExecutionId
        }
    }
}
