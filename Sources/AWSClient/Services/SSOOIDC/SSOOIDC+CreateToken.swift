import Network

extension SSOOIDC {
    /// Gets a new token of a login for its refresh token, which is then used up; not signed.
    ///
    /// Effect: non_idempotent (a refresh token is good once). Token: none.
    /// Page: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createToken(_ input: CreateTokenInput) async throws -> AWSResponse<CreateTokenOutput> {
        var call = Call(.ssoOIDC, "CreateToken", .once)
        call.path = "/token"
        call.headers.append(HTTPField("Content-Type", "application/json"))
        call.body = try JSONWire.encode(input, for: call)
        call.shownBody = try JSONWire.encode(input, for: call, hidingSecrets: true)
        call.isSigned = false
        call.isSensitive = true
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `createToken`.
    public struct CreateTokenInput: Encodable, Sendable, Equatable {
        /// Id of this program, as the login registered it.
        public var clientId: String
        /// Secret of that registration.
        public var clientSecret: Secret
        /// `refresh_token`.
        public var grantType: String
        /// Refresh token of the login.
        public var refreshToken: Secret

        /// Makes the input.
        public init(clientId: String, clientSecret: Secret, grantType: String, refreshToken: Secret) {
            self.clientId = clientId
            self.clientSecret = clientSecret
            self.grantType = grantType
            self.refreshToken = refreshToken
        }
    }

    /// Output of `createToken`.
    public struct CreateTokenOutput: Decodable, Sendable, Equatable {
        /// New token.
        public var accessToken: Secret
        /// Seconds that it holds.
        public var expiresIn: Int
        /// Refresh token for the next time.
        public var refreshToken: Secret?
    }
}
