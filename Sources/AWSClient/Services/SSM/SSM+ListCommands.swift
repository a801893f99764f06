extension SSM {
    /// Lists commands, newest first, one page.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListCommands.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listCommands(_ input: ListCommandsInput) async throws -> AWSResponse<ListCommandsOutput> {
        try await client.json(Call(.ssm, "ListCommands", .readOnly), input)
    }

    /// Input of `listCommands`.
    public struct ListCommandsInput: Encodable, Sendable, Equatable {
        /// Id.
        public var commandId: String?
        /// Instance.
        public var instanceId: String?
        /// Entries a page, at most 50.
        public var maxResults: Int?
        /// Page token.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case commandId = "CommandId"
            case instanceId = "InstanceId"
            case maxResults = "MaxResults"
            case nextToken = "NextToken"
        }

        /// Makes the input; what is nil is left out.
        public init(
            commandId: String? = nil,
            instanceId: String? = nil,
            maxResults: Int? = nil,
            nextToken: String? = nil
        ) {
            self.commandId = commandId
            self.instanceId = instanceId
            self.maxResults = maxResults
            self.nextToken = nextToken
        }
    }

    /// Output of `listCommands`.
    public struct ListCommandsOutput: Decodable, Sendable, Equatable {
        /// The commands.
        public var commands: [Command]?
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case commands = "Commands"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(commands: [Command]? = nil, nextToken: String? = nil) {
            self.commands = commands
            self.nextToken = nextToken
        }
    }
}
