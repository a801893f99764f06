extension SecretsManager {
    /// Deletes a secret after a time of grace, during which `restoreSecret` brings it back.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteSecret(_ input: DeleteSecretInput) async throws -> AWSResponse<DeleteSecretOutput> {
        try await client.json(Call(.secretsManager, "DeleteSecret", .once), input)
    }

    /// Input of `deleteSecret`.
    public struct DeleteSecretInput: Encodable, Sendable, Equatable {
        /// Name or ARN.
        public var secretId: String
        /// Days of grace, 7 to 30; nil means 30.
        public var recoveryWindowInDays: Int?
        /// Whether it goes at once, for ever.
        public var forceDeleteWithoutRecovery: Bool?

        private enum CodingKeys: String, CodingKey {
            case secretId = "SecretId"
            case recoveryWindowInDays = "RecoveryWindowInDays"
            case forceDeleteWithoutRecovery = "ForceDeleteWithoutRecovery"
        }

        /// Makes the input; what is nil is left out.
        public init(secretId: String, recoveryWindowInDays: Int? = nil, forceDeleteWithoutRecovery: Bool? = nil) {
            self.secretId = secretId
            self.recoveryWindowInDays = recoveryWindowInDays
            self.forceDeleteWithoutRecovery = forceDeleteWithoutRecovery
        }
    }

    /// Output of `deleteSecret`.
    public struct DeleteSecretOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var arn: String?
        /// Name.
        public var name: String?
        /// When it will be gone.
        public var deletionDate: AWSTimestamp?

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
            case deletionDate = "DeletionDate"
        }

        /// Makes the value.
        public init(arn: String? = nil, name: String? = nil, deletionDate: AWSTimestamp? = nil) {
            self.arn = arn
            self.name = name
            self.deletionDate = deletionDate
        }
    }
}
