extension CodeDeploy {
    /// Why a deployment failed.
    public struct ErrorInformation: Decodable, Sendable, Equatable {
        /// Code, such as `ALARM_ACTIVE`.
        public var code: String?
        /// Words.
        public var message: String?

        /// Makes the value.
        public init(code: String? = nil, message: String? = nil) {
            self.code = code
            self.message = message
        }
    }
}
