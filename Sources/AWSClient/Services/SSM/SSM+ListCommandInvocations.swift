extension SSM {
    /// Lists what a command did on each instance, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListCommandInvocations.html; shapes
    /// read in botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listCommandInvocations(_ input: ListCommandInvocationsInput) async throws -> AWSResponse<
        ListCommandInvocationsOutput
    > {
        try await client.json(Call(.ssm, "ListCommandInvocations", .readOnly), input)
    }

    /// Input of `listCommandInvocations`.
    public struct ListCommandInvocationsInput: Encodable, Sendable, Equatable {
        /// Command.
        public var commandId: String?
        /// Whether steps and their output are told.
        public var details: Bool?
        /// Page token.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case commandId = "CommandId"
            case details = "Details"
            case nextToken = "NextToken"
        }

        /// Makes the input; what is nil is left out.
        public init(commandId: String? = nil, details: Bool? = nil, nextToken: String? = nil) {
            self.commandId = commandId
            self.details = details
            self.nextToken = nextToken
        }
    }

    /// Output of `listCommandInvocations`.
    public struct ListCommandInvocationsOutput: Decodable, Sendable, Equatable {
        /// The invocations.
        public var commandInvocations: [CommandInvocation]?
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case commandInvocations = "CommandInvocations"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(commandInvocations: [CommandInvocation]? = nil, nextToken: String? = nil) {
            self.commandInvocations = commandInvocations
            self.nextToken = nextToken
        }
    }
}
