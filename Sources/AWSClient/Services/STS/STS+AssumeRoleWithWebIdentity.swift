extension STS {
    /// Takes a role with the token of an identity provider; not signed.
    ///
    /// Issues credentials and changes nothing.
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func assumeRoleWithWebIdentity(_ input: AssumeRoleWithWebIdentityInput) async throws -> AWSResponse<
        AssumeRoleWithWebIdentityOutput
    > {
        var call = Call(.sts, "AssumeRoleWithWebIdentity", .once)
        call.isSensitive = true
        call.isSigned = false
        return try await client.query(call, input)
    }

    /// Input of `assumeRoleWithWebIdentity`.
    public struct AssumeRoleWithWebIdentityInput: Sendable, Equatable {
        /// ARN of the role.
        public var roleArn: String
        /// Name of the session, which logs show.
        public var roleSessionName: String
        /// Token of the identity provider.
        public var webIdentityToken: Secret
        /// Seconds that the credentials hold; nil means an hour.
        public var durationSeconds: Int?

        /// Makes the input; what is nil is left out.
        public init(roleArn: String, roleSessionName: String, webIdentityToken: Secret, durationSeconds: Int? = nil) {
            self.roleArn = roleArn
            self.roleSessionName = roleSessionName
            self.webIdentityToken = webIdentityToken
            self.durationSeconds = durationSeconds
        }
    }

    /// Output of `assumeRoleWithWebIdentity`.
    public struct AssumeRoleWithWebIdentityOutput: Sendable, Equatable {
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

extension STS.AssumeRoleWithWebIdentityInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("RoleArn", roleArn)
        form.add("RoleSessionName", roleSessionName)
        form.add("WebIdentityToken", webIdentityToken)
        form.add("DurationSeconds", durationSeconds)
    }
}

extension STS.AssumeRoleWithWebIdentityOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        credentials = try node.requiredStructure("Credentials")
        assumedRoleUser = try node.structure("AssumedRoleUser")
    }
}
