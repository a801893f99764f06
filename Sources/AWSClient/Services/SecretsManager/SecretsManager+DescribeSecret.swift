extension SecretsManager {
    /// Describes a secret without its value; `ResourceNotFoundException` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeSecret(_ input: DescribeSecretInput) async throws -> AWSResponse<DescribeSecretOutput> {
        try await client.json(Call(.secretsManager, "DescribeSecret", .readOnly), input)
    }

    /// Input of `describeSecret`.
    public struct DescribeSecretInput: Encodable, Sendable, Equatable {
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

    /// Output of `describeSecret`.
    public struct DescribeSecretOutput: Decodable, Sendable, Equatable {
        /// ARN.
        public var arn: String
        /// Name.
        public var name: String
        /// What it is for.
        public var description: String?
        /// Key; nil means `aws/secretsmanager`.
        public var kmsKeyId: String?
        /// Whether it is rotated.
        public var rotationEnabled: Bool?
        /// When it was created.
        public var createdDate: AWSTimestamp?
        /// When it changed last.
        public var lastChangedDate: AWSTimestamp?
        /// When its deletion was asked for; nil when it is not being deleted.
        public var deletedDate: AWSTimestamp?
        /// Labels of each version; a secret without any has no value yet.
        public var versionIdsToStages: [String: [String]]
        /// Tags.
        public var tags: [Tag]

        private enum CodingKeys: String, CodingKey {
            case arn = "ARN"
            case name = "Name"
            case description = "Description"
            case kmsKeyId = "KmsKeyId"
            case rotationEnabled = "RotationEnabled"
            case createdDate = "CreatedDate"
            case lastChangedDate = "LastChangedDate"
            case deletedDate = "DeletedDate"
            case versionIdsToStages = "VersionIdsToStages"
            case tags = "Tags"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(arn: String, name: String) {
            self.arn = arn
            self.name = name
            versionIdsToStages = [:]
            tags = []
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            arn = try members.decode(String.self, forKey: .arn)
            name = try members.decode(String.self, forKey: .name)
            description = try members.decodeIfPresent(String.self, forKey: .description)
            kmsKeyId = try members.decodeIfPresent(String.self, forKey: .kmsKeyId)
            rotationEnabled = try members.decodeIfPresent(Bool.self, forKey: .rotationEnabled)
            createdDate = try members.decodeIfPresent(AWSTimestamp.self, forKey: .createdDate)
            lastChangedDate = try members.decodeIfPresent(AWSTimestamp.self, forKey: .lastChangedDate)
            deletedDate = try members.decodeIfPresent(AWSTimestamp.self, forKey: .deletedDate)
            versionIdsToStages =
                try members.decodeIfPresent([String: [String]].self, forKey: .versionIdsToStages) ?? [:]
            tags = try members.decodeIfPresent([Tag].self, forKey: .tags) ?? []
        }
    }
}
