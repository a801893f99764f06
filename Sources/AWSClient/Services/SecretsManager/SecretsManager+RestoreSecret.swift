extension SecretsManager {
    /// Takes a deletion back.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RestoreSecret.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func restoreSecret(_ input: RestoreSecretInput) async throws -> AWSResponse<RestoreSecretOutput> {
        try await client.json(Call(.secretsManager, "RestoreSecret", .once), input)
    }

    /// Input of `restoreSecret`.
    public struct RestoreSecretInput: Encodable, Sendable, Equatable {
        /// Name or ARN.
        public var secretId: String

        private enum CodingKeys: String, CodingKey {
            case secretId = "SecretId"
        }

        /// Makes the input; what is nil is left out.
        public init(secretId: String) {
            self.secretId = secretId
        }
    }

    /// Output of `restoreSecret`.
    public struct RestoreSecretOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var arn: String?
        /// Name.
        public var name: String?

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
        }

        /// Makes the value.
        public init(arn: String? = nil, name: String? = nil) {
            self.arn = arn
            self.name = name
        }
    }
}
