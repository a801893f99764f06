extension IAM {
    /// Deletes an OIDC provider; `NoSuchEntity` when there is none.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteOpenIDConnectProvider.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func deleteOpenIDConnectProvider(_ input: DeleteOpenIDConnectProviderInput) async throws -> AWSResponse<
        NoOutput
    > {
        try await client.query(Call(.iam, "DeleteOpenIDConnectProvider", .once), input)
    }

    /// Input of `deleteOpenIDConnectProvider`.
    public struct DeleteOpenIDConnectProviderInput: Sendable, Equatable {
        /// ARN of the provider.
        public var openIDConnectProviderArn: String

        /// Makes the input; what is nil is left out.
        public init(openIDConnectProviderArn: String) {
            self.openIDConnectProviderArn = openIDConnectProviderArn
        }
    }
}

extension IAM.DeleteOpenIDConnectProviderInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("OpenIDConnectProviderArn", openIDConnectProviderArn)
    }
}
