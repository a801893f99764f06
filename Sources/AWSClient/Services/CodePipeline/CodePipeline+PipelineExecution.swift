extension CodePipeline {
    /// A run of a pipeline.
    public struct PipelineExecution: Decodable, Sendable, Equatable {
        /// Id.
        public var pipelineExecutionId: String?
        /// `InProgress`, `Succeeded`, `Failed`, `Stopped`, `Stopping`, `Superseded`, `Cancelled`.
        public var status: String?
        /// Words.
        public var statusSummary: String?

        /// Makes the value.
        public init(pipelineExecutionId: String? = nil, status: String? = nil, statusSummary: String? = nil) {
            self.pipelineExecutionId = pipelineExecutionId
            self.status = status
            self.statusSummary = statusSummary
        }
    }
}
