extension CodePipeline {
    /// A value for a run of a pipeline.
    public struct PipelineVariable: Encodable, Sendable, Equatable {
        /// Name.
        public var name: String
        /// Value.
        public var value: String

        /// Makes the value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}
