extension CodePipeline {
    /// What became of a stage.
    public struct StageExecution: Decodable, Sendable, Equatable {
        /// Execution.
        public var pipelineExecutionId: String?
        /// `InProgress`, `Succeeded`, `Failed`, `Stopped`, `Cancelled`.
        public var status: String?

        /// Makes the value.
        public init(pipelineExecutionId: String? = nil, status: String? = nil) {
            self.pipelineExecutionId = pipelineExecutionId
            self.status = status
        }
    }
}
