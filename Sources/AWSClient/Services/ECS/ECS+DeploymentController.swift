extension ECS {
    /// Who rolls a service out.
    public struct DeploymentController: Codable, Sendable, Equatable {
        /// `ECS`, `CODE_DEPLOY` or `EXTERNAL`.
        public var type: String

        /// Makes the value.
        public init(type: String) {
            self.type = type
        }
    }
}
