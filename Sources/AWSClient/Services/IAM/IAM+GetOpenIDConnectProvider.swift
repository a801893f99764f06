extension IAM {
    /// Describes one OIDC provider; `NoSuchEntity` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getOpenIDConnectProvider(_ input: GetOpenIDConnectProviderInput) async throws -> AWSResponse<
        GetOpenIDConnectProviderOutput
    > {
        try await client.query(Call(.iam, "GetOpenIDConnectProvider", .readOnly), input)
    }

    /// Input of `getOpenIDConnectProvider`.
    public struct GetOpenIDConnectProviderInput: Sendable, Equatable {
        /// ARN of the provider.
        public var openIDConnectProviderArn: String

        /// Makes the input; what is nil is left out.
        public init(openIDConnectProviderArn: String) {
            self.openIDConnectProviderArn = openIDConnectProviderArn
        }
    }

    /// Output of `getOpenIDConnectProvider`.
    public struct GetOpenIDConnectProviderOutput: Sendable, Equatable {
        /// Address of the provider, without `https://`.
        public var url: String?
        /// Audiences that it accepts.
        public var clientIDList: [String]
        /// SHA-1 thumbprints of its certificates.
        public var thumbprintList: [String]
        /// When it was created.
        public var createDate: AWSTimestamp?
        /// Its tags.
        public var tags: [Tag]

        /// Makes the value.
        public init(
            url: String? = nil,
            clientIDList: [String] = [],
            thumbprintList: [String] = [],
            createDate: AWSTimestamp? = nil,
            tags: [Tag] = []
        ) {
            self.url = url
            self.clientIDList = clientIDList
            self.thumbprintList = thumbprintList
            self.createDate = createDate
            self.tags = tags
        }
    }
}

extension IAM.GetOpenIDConnectProviderInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("OpenIDConnectProviderArn", openIDConnectProviderArn)
    }
}

extension IAM.GetOpenIDConnectProviderOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        url = node.text("Url")
        clientIDList = node.texts("ClientIDList", "member")
        thumbprintList = node.texts("ThumbprintList", "member")
        createDate = try node.timestamp("CreateDate")
        tags = try node.structures("Tags", "member")
    }
}
