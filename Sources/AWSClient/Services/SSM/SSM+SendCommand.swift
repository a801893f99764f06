extension SSM {
    /// Runs a document on instances; each call is a run of its own.
    ///
    /// Effect: reconcilable (a comment that names the attempt). Token: none.
    /// Page: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SendCommand.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func sendCommand(_ input: SendCommandInput) async throws -> AWSResponse<SendCommandOutput> {
        try await client.json(Call(.ssm, "SendCommand", .once), input)
    }

    /// Input of `sendCommand`.
    public struct SendCommandInput: Encodable, Sendable, Equatable {
        /// Document, such as `AWS-RunShellScript`.
        public var documentName: String
        /// Instances, at most 50.
        public var instanceIds: [String]?
        /// Instances by tags, in place of ids.
        public var targets: [Target]?
        /// Parameters of the document.
        public var parameters: [String: [String]]?
        /// Words, at most 100 characters.
        public var comment: String?
        /// Seconds that an instance may take to begin.
        public var timeoutSeconds: Int?

        private enum CodingKeys: String, CodingKey {
            case documentName = "DocumentName"
            case instanceIds = "InstanceIds"
            case targets = "Targets"
            case parameters = "Parameters"
            case comment = "Comment"
            case timeoutSeconds = "TimeoutSeconds"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(documentName: String) {
            self.documentName = documentName
        }
    }

    /// Output of `sendCommand`.
    public struct SendCommandOutput: Decodable, Sendable, Equatable {
        /// The command.
        public var command: Command

        private enum CodingKeys: String, CodingKey {
            case command = "Command"
        }

        /// Makes the value.
        public init(command: Command) {
            self.command = command
        }
    }
}
