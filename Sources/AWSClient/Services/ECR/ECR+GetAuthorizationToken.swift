extension ECR {
    /// Gets a password for the registry, good for 12 hours.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getAuthorizationToken(_ input: GetAuthorizationTokenInput) async throws -> AWSResponse<
        GetAuthorizationTokenOutput
    > {
        var call = Call(.ecr, "GetAuthorizationToken", .readOnly)
        call.isSensitive = true
        return try await client.json(call, input)
    }

    /// Input of `getAuthorizationToken`.
    public struct GetAuthorizationTokenInput: Encodable, Sendable, Equatable {

        /// Makes the empty input.
        public init() {
        }
    }

    /// Output of `getAuthorizationToken`.
    public struct GetAuthorizationTokenOutput: Decodable, Sendable, Equatable {
        /// One entry, for our own registry.
        public var authorizationData: [AuthorizationData]

        /// Makes the value.
        public init(authorizationData: [AuthorizationData] = []) {
            self.authorizationData = authorizationData
        }

        private enum CodingKeys: String, CodingKey {
            case authorizationData
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            authorizationData = try members.decodeIfPresent([AuthorizationData].self, forKey: .authorizationData) ?? []
        }
    }
}
