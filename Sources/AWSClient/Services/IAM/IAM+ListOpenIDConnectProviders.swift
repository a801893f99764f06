extension IAM {
    /// Lists the account's OIDC providers, all at once.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOpenIDConnectProviders.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listOpenIDConnectProviders(_ input: ListOpenIDConnectProvidersInput) async throws -> AWSResponse<
        ListOpenIDConnectProvidersOutput
    > {
        try await client.query(Call(.iam, "ListOpenIDConnectProviders", .readOnly), input)
    }

    /// Input of `listOpenIDConnectProviders`.
    public struct ListOpenIDConnectProvidersInput: Sendable, Equatable {

        /// Makes the empty input.
        public init() {
        }
    }

    /// Output of `listOpenIDConnectProviders`.
    public struct ListOpenIDConnectProvidersOutput: Sendable, Equatable {
        /// The providers.
        public var openIDConnectProviderList: [OpenIDConnectProviderEntry]

        /// Makes the value.
        public init(openIDConnectProviderList: [OpenIDConnectProviderEntry] = []) {
            self.openIDConnectProviderList = openIDConnectProviderList
        }
    }
}

extension IAM.ListOpenIDConnectProvidersInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
    }
}

extension IAM.ListOpenIDConnectProvidersOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        openIDConnectProviderList = try node.structures("OpenIDConnectProviderList", "member")
    }
}
