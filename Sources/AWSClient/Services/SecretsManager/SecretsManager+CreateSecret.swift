extension SecretsManager {
    /// Creates a secret; `ResourceExistsException` when there is one of that name with another token.
    ///
    /// The token becomes the id of the first version.
    /// Effect: token. Token: `clientRequestToken`.
    /// Page: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createSecret(_ input: CreateSecretInput) async throws -> AWSResponse<CreateSecretOutput> {
        var call = Call(.secretsManager, "CreateSecret", .token)
        call.isSensitive = true
        return try await client.json(call, input)
    }

    /// Input of `createSecret`.
    public struct CreateSecretInput: Encodable, Sendable, Equatable {
        /// Name.
        public var name: String
        /// Token that makes a repeated call one, 32 to 64 characters.
        public var clientRequestToken: String
        /// Value; nil makes a secret without one.
        public var secretString: Secret?
        /// What it is for.
        public var description: String?
        /// Key; nil means `aws/secretsmanager`.
        public var kmsKeyId: String?
        /// Tags.
        public var tags: [Tag]?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case clientRequestToken = "ClientRequestToken"
            case secretString = "SecretString"
            case description = "Description"
            case kmsKeyId = "KmsKeyId"
            case tags = "Tags"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(name: String, clientRequestToken: String) {
            self.name = name
            self.clientRequestToken = clientRequestToken
        }
    }

    /// Output of `createSecret`.
    public struct CreateSecretOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var arn: String
        /// Name.
        public var name: String
        /// Id of the first version; nil of a secret without a value.
        public var versionId: String?

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
            case versionId = "VersionId"
        }

        /// Makes the value.
        public init(arn: String, name: String, versionId: String? = nil) {
            self.arn = arn
            self.name = name
            self.versionId = versionId
        }
    }
}
