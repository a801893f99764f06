extension STS {
    /// Tells whose credentials the client signs with; needs no permission.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getCallerIdentity(_ input: GetCallerIdentityInput) async throws -> AWSResponse<GetCallerIdentityOutput>
    {
        try await client.query(Call(.sts, "GetCallerIdentity", .readOnly), input)
    }

    /// Input of `getCallerIdentity`.
    public struct GetCallerIdentityInput: Sendable, Equatable {

        /// Makes the empty input.
        public init() {
        }
    }

    /// Output of `getCallerIdentity`.
    public struct GetCallerIdentityOutput: Sendable, Equatable {
        /// Account number, 12 digits.
        public var account: String
        /// ARN of the user or of the assumed role's session.
        public var arn: String
        /// Unique id; of a role session, `role id:session name`.
        public var userId: String

        /// Makes the value.
        public init(account: String, arn: String, userId: String) {
            self.account = account
            self.arn = arn
            self.userId = userId
        }
    }
}

extension STS.GetCallerIdentityInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
    }
}

extension STS.GetCallerIdentityOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        account = try node.required("Account")
        arn = try node.required("Arn")
        userId = try node.required("UserId")
    }
}
