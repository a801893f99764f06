extension IAM {
    /// Removes an audience from an OIDC provider; one not there is no error.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveClientIDFromOpenIDConnectProvider.html;
    /// shapes read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func removeClientIDFromOpenIDConnectProvider(_ input: RemoveClientIDFromOpenIDConnectProviderInput)
        async throws -> AWSResponse<NoOutput>
    {
        try await client.query(Call(.iam, "RemoveClientIDFromOpenIDConnectProvider", .convergent), input)
    }

    /// Input of `removeClientIDFromOpenIDConnectProvider`.
    public struct RemoveClientIDFromOpenIDConnectProviderInput: Sendable, Equatable {
        /// ARN of the provider.
        public var openIDConnectProviderArn: String
        /// Audience.
        public var clientID: String

        /// Makes the input; what is nil is left out.
        public init(openIDConnectProviderArn: String, clientID: String) {
            self.openIDConnectProviderArn = openIDConnectProviderArn
            self.clientID = clientID
        }
    }
}

extension IAM.RemoveClientIDFromOpenIDConnectProviderInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("OpenIDConnectProviderArn", openIDConnectProviderArn)
        form.add("ClientID", clientID)
    }
}
