extension CodePipeline {
    /// An action of a stage.
    public struct ActionState: Decodable, Sendable, Equatable {
        /// Name.
        public var actionName: String?
        /// Its latest execution.
        public var latestExecution: ActionExecution?

        /// Makes the value.
        public init(actionName: String? = nil, latestExecution: ActionExecution? = nil) {
            self.actionName = actionName
            self.latestExecution = latestExecution
        }
    }
}
