import AWSClient
import MigrateCore
import Network

/// Posts a message by an incoming webhook.
struct SlackNotifyAction: NoticeAction {
    static let declaration = KindDeclaration(
        name: "slack.notify",
        role: .action,
        summary: "Posts a message to Slack by an incoming webhook",
        parameters: [
            .required("webhook", .string, "Address of the webhook; a secret"),
            .required("message", .string, "Message, in Slack's mark-up"),
            .optional("timeout", .duration, default: "10s", "Time allowed"),
        ],
        effect: .nonIdempotent,
        rollback: .notNeeded,
        undo: "nothing is undone: what people have read stays read",
        reconciliation: "cannot be found out: a person says whether it came, or it is skipped",
        facts: [:],
        source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, read 2026-11-21",
        example: """
            - id: tell
              do: slack.notify
              with: {webhook: "${secrets.slack}", message: "${host} answers from Fargate from now on"}
            """,
        notice: .text("message")
    )

    private let webhook: Secret
    let notice: Notice
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        webhook = try parameters.secret("webhook")
        guard webhook.exposed.hasPrefix("https://") || webhook.exposed.hasPrefix("http://127.") else {
            throw ParameterError("webhook", "must be an address that begins with `https://`")
        }
        notice = Notice(text: try parameters.string("message"), place: "Slack")
        timeout = try parameters.duration("timeout")
    }

    func summary(from: Value, to: Value) -> String { "post to Slack: \(notice.beginning)" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        let body: Value = ["text": .string(notice.text)]
        var request = HTTPRequest(method: "POST", url: webhook.exposed, body: body.bytes, timeout: timeout)
        request.headers = [HTTPField("Content-Type", "application/json")]
        request.usesFreshConnection = true
        let response = try await world.send(request)
        guard response.status != 200 else { return .null }
        // Slack answers in plain words: `no_service`, `invalid_payload`, `channel_is_archived`.
        let problem = Problem(
            "Slack refused the message: \(response.status) \(response.excerpt)",
            hint: [403, 404, 410].contains(response.status) ? "the webhook is gone: make a new one" : nil
        )
        let isRefused = (400..<500).contains(response.status)
        throw KnownOutcome(
            isRefused ? .notApplied(problem, isTransient: response.status == 429) : .unknown(problem)
        )
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        .settled(after: to, facts: [:])
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation { notice.doubt }
}
