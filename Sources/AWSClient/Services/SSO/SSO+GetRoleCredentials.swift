import Network

extension SSO {
    /// Gets credentials of a role with the token of a login; not signed.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getRoleCredentials(
        _ input: GetRoleCredentialsInput
    ) async throws -> AWSResponse<GetRoleCredentialsOutput> {
        var call = Call(.sso, "GetRoleCredentials", .readOnly)
        call.method = "GET"
        call.path = "/federation/credentials"
        call.query = [("role_name", input.roleName), ("account_id", input.accountId)]
        call.headers.append(HTTPField("x-amz-sso_bearer_token", input.accessToken.exposed))
        call.isSigned = false
        call.isSensitive = true
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `getRoleCredentials`.
    public struct GetRoleCredentialsInput: Sendable, Equatable {
        /// Role, as the portal shows it.
        public var roleName: String
        /// Account number.
        public var accountId: String
        /// Token of the login.
        public var accessToken: Secret

        /// Makes the input.
        public init(roleName: String, accountId: String, accessToken: Secret) {
            self.roleName = roleName
            self.accountId = accountId
            self.accessToken = accessToken
        }
    }

    /// Output of `getRoleCredentials`.
    public struct GetRoleCredentialsOutput: Decodable, Sendable, Equatable {
        /// The credentials.
        public var roleCredentials: RoleCredentials
    }

    /// Credentials of a role.
    public struct RoleCredentials: Decodable, Sendable, Equatable {
        /// Access key id.
        public var accessKeyId: String
        /// Secret access key.
        public var secretAccessKey: Secret
        /// Session token.
        public var sessionToken: Secret
        /// When they end.
        ///
        /// Unit: milliseconds since 1970.
        public var expiration: Int64
    }
}
