extension IAM {
    /// Adds an audience to an OIDC provider; one already there stays.
    ///
    /// Effect: convergent. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func addClientIDToOpenIDConnectProvider(_ input: AddClientIDToOpenIDConnectProviderInput) async throws
        -> AWSResponse<NoOutput>
    {
        try await client.query(Call(.iam, "AddClientIDToOpenIDConnectProvider", .convergent), input)
    }

    /// Input of `addClientIDToOpenIDConnectProvider`.
    public struct AddClientIDToOpenIDConnectProviderInput: Sendable, Equatable {
        /// ARN of the provider.
        public var openIDConnectProviderArn: String
        /// Audience, such as `sts.amazonaws.com`.
        public var clientID: String

        /// Makes the input; what is nil is left out.
        public init(openIDConnectProviderArn: String, clientID: String) {
            self.openIDConnectProviderArn = openIDConnectProviderArn
            self.clientID = clientID
        }
    }
}

extension IAM.AddClientIDToOpenIDConnectProviderInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("OpenIDConnectProviderArn", openIDConnectProviderArn)
        form.add("ClientID", clientID)
    }
}
