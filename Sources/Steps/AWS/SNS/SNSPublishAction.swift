import AWSClient
import MigrateCore

/// Publishes a message.
struct SNSPublishAction: NoticeAction {
    static let declaration = KindDeclaration(
        name: "sns.publish",
        role: .action,
        summary: "Publishes a message to an SNS topic",
        parameters: [
            .required("topic", .string, "ARN of the topic"), .required("message", .string, "Message"),
            .optional("subject", .string, "Subject of mails, at most 100 characters"),
        ],
        effect: .nonIdempotent,
        rollback: .notNeeded,
        undo: "nothing is undone: what people have read stays read",
        reconciliation: "cannot be found out: a person says whether it came, or it is skipped",
        permissions: [Permission(["sns:Publish"], on: "${topic}", mutates: true)],
        facts: ["message_id": "id of the message"],
        source: "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: tell
              do: sns.publish
              with: {topic: "${topic}", subject: Cutover, message: "${host} answers from Fargate from now on"}
            """,
        notice: .text("message")
    )

    let notice: Notice
    private let topic: String
    private let subject: String?

    init(_ parameters: Parameters) throws {
        topic = try parameters.string("topic")
        notice = Notice(text: try parameters.string("message"), place: topic)
        subject = try parameters.stringIfGiven("subject")
        if let subject, subject.count > 100 { throw ParameterError("subject", "must have at most 100 characters") }
    }

    func summary(from: Value, to: Value) -> String { "publish to `\(topic)`: \(notice.beginning)" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        var input = SNS.PublishInput(topicArn: topic, message: notice.text)
        input.subject = subject
        if topic.hasSuffix(".fifo") {
            input.messageGroupId = "migrate"
            input.messageDeduplicationId = ClientToken.fitting(token, limit: 128)
        }
        let request = input
        let sent = try await world.call("sns:Publish \(topic)") { try await world.aws.sns.publish(request) }
        return ["message_id": sent.messageId.map { .string($0) } ?? .null]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        .settled(after: to, facts: ["message_id": receipt["message_id"]])
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation { notice.doubt }
}
