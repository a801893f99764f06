extension STS {
    /// Takes a role for a time.
    ///
    /// Issues credentials and changes nothing; sent on a fresh connection as each answer is a new session.
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; shapes read in botocore 1.43.11
    /// on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func assumeRole(_ input: AssumeRoleInput) async throws -> AWSResponse<AssumeRoleOutput> {
        var call = Call(.sts, "AssumeRole", .once)
        call.isSensitive = true
        return try await client.query(call, input)
    }

    /// Input of `assumeRole`.
    public struct AssumeRoleInput: Sendable, Equatable {
        /// ARN of the role.
        public var roleArn: String
        /// Name of the session, which logs show.
        public var roleSessionName: String
        /// Seconds that the credentials hold; nil means an hour.
        public var durationSeconds: Int?
        /// Id that the role's trust policy asks for.
        public var externalId: String?
        /// Serial number or ARN of the MFA device.
        public var serialNumber: String?
        /// Six digits of the MFA device.
        public var tokenCode: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(roleArn: String, roleSessionName: String) {
            self.roleArn = roleArn
            self.roleSessionName = roleSessionName
        }
    }

    /// Output of `assumeRole`.
    public struct AssumeRoleOutput: Sendable, Equatable {
        /// The role's credentials.
        public var credentials: Credentials
        /// Whom they stand for.
        public var assumedRoleUser: AssumedRoleUser?

        /// Makes the value.
        public init(credentials: Credentials, assumedRoleUser: AssumedRoleUser? = nil) {
            self.credentials = credentials
            self.assumedRoleUser = assumedRoleUser
        }
    }
}

extension STS.AssumeRoleInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleArn", roleArn)
        form.add("RoleSessionName", roleSessionName)
        form.add("DurationSeconds", durationSeconds)
        form.add("ExternalId", externalId)
        form.add("SerialNumber", serialNumber)
        form.add("TokenCode", tokenCode.map { Secret($0) })
    }
}

extension STS.AssumeRoleOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        credentials = try node.requiredStructure("Credentials")
        assumedRoleUser = try node.structure("AssumedRoleUser")
    }
}
