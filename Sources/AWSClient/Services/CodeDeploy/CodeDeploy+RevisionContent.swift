extension CodeDeploy {
    /// An AppSpec given in the call itself.
    public struct RevisionContent: Codable, Sendable, Equatable {
        /// AppSpec, JSON or YAML.
        public var content: String
        /// Its SHA-256 in hexadecimal.
        public var sha256: String?

        /// Makes the value.
        public init(content: String, sha256: String? = nil) {
            self.content = content
            self.sha256 = sha256
        }
    }
}
