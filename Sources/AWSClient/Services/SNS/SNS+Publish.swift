extension SNS {
    /// Publishes a message to a topic; each call is a message of its own.
    ///
    /// Effect: non_idempotent. Token: none.
    /// Page: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html; shapes read in botocore 1.43.11 on
    /// 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func publish(_ input: PublishInput) async throws -> AWSResponse<PublishOutput> {
        try await client.query(Call(.sns, "Publish", .once), input)
    }

    /// Input of `publish`.
    public struct PublishInput: Sendable, Equatable {
        /// Topic.
        public var topicArn: String
        /// Message, at most 256 KiB.
        public var message: String
        /// Subject of mails, at most 100 characters.
        public var subject: String?
        /// Group, of FIFO topics.
        public var messageGroupId: String?
        /// Id that makes a repeated message one for 5 minutes, of FIFO topics.
        public var messageDeduplicationId: String?

        /// Makes the input with what AWS requires; the rest are properties.
        public init(topicArn: String, message: String) {
            self.topicArn = topicArn
            self.message = message
        }
    }

    /// Output of `publish`.
    public struct PublishOutput: Sendable, Equatable {
        /// Id of the message.
        public var messageId: String?

        /// Makes the value.
        public init(messageId: String? = nil) {
            self.messageId = messageId
        }
    }
}

extension SNS.PublishInput: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("TopicArn", topicArn)
        form.add("Message", message)
        form.add("Subject", subject)
        form.add("MessageGroupId", messageGroupId)
        form.add("MessageDeduplicationId", messageDeduplicationId)
    }
}

extension SNS.PublishOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        messageId = node.text("MessageId")
    }
}
