extension SSM {
    /// Reads a parameter; `ParameterNotFound` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getParameter(_ input: GetParameterInput) async throws -> AWSResponse<GetParameterOutput> {
        var call = Call(.ssm, "GetParameter", .readOnly)
        call.isSensitive = true
        return try await client.json(call, input)
    }

    /// Input of `getParameter`.
    public struct GetParameterInput: Encodable, Sendable, Equatable {
        /// Name, or `name:version`.
        public var name: String
        /// Whether a `SecureString` comes in the clear.
        public var withDecryption: Bool?

        private enum CodingKeys: String, CodingKey {
            case name = "Name"
            case withDecryption = "WithDecryption"
        }

        /// Makes the input; what is nil is left out.
        public init(name: String, withDecryption: Bool? = nil) {
            self.name = name
            self.withDecryption = withDecryption
        }
    }

    /// Output of `getParameter`.
    public struct GetParameterOutput: Decodable, Sendable, Equatable {
        /// The parameter.
        public var parameter: Parameter

        private enum CodingKeys: String, CodingKey {
            case parameter = "Parameter"
        }

        /// Makes the value.
        public init(parameter: Parameter) {
            self.parameter = parameter
        }
    }
}
