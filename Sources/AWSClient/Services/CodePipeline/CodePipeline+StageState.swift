extension CodePipeline {
    /// A stage of a pipeline.
    public struct StageState: Decodable, Sendable, Equatable {
        /// Name.
        public var stageName: String?
        /// Its actions.
        public var actionStates: [ActionState]?
        /// Its latest execution.
        public var latestExecution: StageExecution?

        /// Makes the value.
        public init(
            stageName: String? = nil,
            actionStates: [ActionState]? = nil,
            latestExecution: StageExecution? = nil
        ) {
            self.stageName = stageName
            self.actionStates = actionStates
            self.latestExecution = latestExecution
        }
    }
}
