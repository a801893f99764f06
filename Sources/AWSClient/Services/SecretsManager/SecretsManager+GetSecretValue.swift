extension SecretsManager {
    /// Reads a secret's value; `ResourceNotFoundException` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getSecretValue(_ input: GetSecretValueInput) async throws -> AWSResponse<GetSecretValueOutput> {
        var call = Call(.secretsManager, "GetSecretValue", .readOnly)
        call.isSensitive = true
        return try await client.json(call, input)
    }

    /// Input of `getSecretValue`.
    public struct GetSecretValueInput: Encodable, Sendable, Equatable {
        /// Name or ARN.
        public var secretId: String
        /// Version; nil means by label.
        public var versionId: String?
        /// Label; nil means `AWSCURRENT`.
        public var versionStage: String?

        private enum CodingKeys: String, CodingKey {
            case secretId = "SecretId"
            case versionId = "VersionId"
            case versionStage = "VersionStage"
        }

        /// Makes the input; what is nil is left out.
        public init(secretId: String, versionId: String? = nil, versionStage: String? = nil) {
            self.secretId = secretId
            self.versionId = versionId
            self.versionStage = versionStage
        }
    }

    /// Output of `getSecretValue`.
    public struct GetSecretValueOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var arn: String
        /// Name.
        public var name: String
        /// Version.
        public var versionId: String?
        /// Value, of a text secret.
        public var secretString: Secret?
        /// Base64 of the value, of a binary one.
        public var secretBinary: Secret?

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
            case versionId = "VersionId"
            case secretString = "SecretString"
            case secretBinary = "SecretBinary"
        }

        /// Makes the value.
        public init(
            arn: String,
            name: String,
            versionId: String? = nil,
            secretString: Secret? = nil,
            secretBinary: Secret? = nil
        ) {
            self.arn = arn
            self.name = name
            self.versionId = versionId
            self.secretString = secretString
            self.secretBinary = secretBinary
        }
    }
}
