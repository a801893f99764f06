extension IAM {
    /// Creates an OIDC provider; `EntityAlreadyExists` when its URL has one.
    ///
    /// Effect: reconcilable. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func createOpenIDConnectProvider(_ input: CreateOpenIDConnectProviderInput) async throws -> AWSResponse<
        CreateOpenIDConnectProviderOutput
    > {
        try await client.query(Call(.iam, "CreateOpenIDConnectProvider", .once), input)
    }

    /// Input of `createOpenIDConnectProvider`.
    public struct CreateOpenIDConnectProviderInput: Sendable, Equatable {
        /// Address of the provider, with `https://`.
        public var url: String
        /// Audiences that it accepts.
        public var clientIDList: [String]?
        /// SHA-1 thumbprints of its certificates; nil lets IAM fetch them.
        public var thumbprintList: [String]?
        /// Tags.
        public var tags: [Tag]?

        /// Makes the input; what is nil is left out.
        public init(url: String, clientIDList: [String]? = nil, thumbprintList: [String]? = nil, tags: [Tag]? = nil) {
            self.url = url
            self.clientIDList = clientIDList
            self.thumbprintList = thumbprintList
            self.tags = tags
        }
    }

    /// Output of `createOpenIDConnectProvider`.
    public struct CreateOpenIDConnectProviderOutput: Sendable, Equatable {
        /// ARN of the provider.
        public var openIDConnectProviderArn: String

        /// Makes the value.
        public init(openIDConnectProviderArn: String) {
            self.openIDConnectProviderArn = openIDConnectProviderArn
        }
    }
}

extension IAM.CreateOpenIDConnectProviderInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Url", url)
        form.add("ClientIDList", clientIDList)
        form.add("ThumbprintList", thumbprintList)
        form.add("Tags", tags)
    }
}

extension IAM.CreateOpenIDConnectProviderOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        openIDConnectProviderArn = try node.required("OpenIDConnectProviderArn")
    }
}
