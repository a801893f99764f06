import AWSClient
import MigrateCore
import Network

/// Posts a JSON body to an address, once.
struct WebhookPostAction: NoticeAction {
    static let declaration = KindDeclaration(
        name: "webhook.post",
        role: .action,
        summary: "Posts a JSON body to an address, as any webhook takes it",
        parameters: [
            .required("url", .string, "Address, `https` or `http`; a secret where knowing it is enough to post"),
            .required("body", .any, "Body, sent as JSON"),
            .optional(
                "headers",
                .mapping,
                example: ["Authorization": "Bearer ${secrets.webhook_token}"],
                "Further header fields; secrets may stand in them"
            ),
            .optional(
                "ca_file",
                .string,
                example: "ca.pem",
                "PEM file of authorities to trust in place of the system's"
            ),
            .optional("timeout", .duration, default: "10s", "Time allowed"),
        ],
        effect: .nonIdempotent,
        rollback: .notNeeded,
        undo: "nothing is undone: what was told stays told",
        reconciliation: "cannot be found out: a person says whether it came, or it is skipped",
        facts: ["status": "status of the answer"],
        source: "https://www.rfc-editor.org/rfc/rfc9110#name-post, and the field `Idempotency-Key` of"
            + " draft-ietf-httpapi-idempotency-key-header-07, read 2026-11-21",
        example: """
            - id: tell
              do: webhook.post
              with: {url: "${secrets.webhook}", body: {text: "${host} answers from Fargate from now on"}}
            """,
        notice: .fields("body")
    )

    private let url: Secret
    private let headers: [HTTPField]
    let notice: Notice
    private let body: Value
    private let authoritiesFile: String?
    private let timeout: Duration

    init(_ parameters: Parameters) throws {
        url = try parameters.secret("url")
        guard url.exposed.hasPrefix("https://") || url.exposed.hasPrefix("http://") else {
            throw ParameterError("url", "must be an address that begins with `https://` or `http://`")
        }
        body = parameters.value("body")
        headers = try parameters.textMapping("headers").sorted { $0.key < $1.key }.map { HTTPField($0.key, $0.value) }
        notice = Notice(text: body["text"].string ?? body.text, place: "the webhook")
        authoritiesFile = try parameters.stringIfGiven("ca_file")
        timeout = try parameters.duration("timeout")
    }

    func summary(from: Value, to: Value) -> String { "post to a webhook: \(notice.beginning)" }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        var request = HTTPRequest(method: "POST", url: url.exposed, body: body.bytes, timeout: timeout)
        // Why the key: a receiver that knows it can tell a repeat of its own proxies from a second message.
        request.headers =
            [HTTPField("Content-Type", "application/json"), HTTPField("Idempotency-Key", "\"\(token)\"")] + headers
        request.authoritiesFile = authoritiesFile
        request.usesFreshConnection = true
        let response = try await world.send(request)
        guard !(200..<300).contains(response.status) else { return ["status": .integer(Int64(response.status))] }
        let isRefused = (400..<500).contains(response.status)
        let problem = Problem(
            "the webhook \(isRefused ? "refused the message" : "answered"): \(response.status) \(response.excerpt)",
            hint: (300..<400).contains(response.status)
                ? "redirects are not followed: give the address that it points to"
                : HTTPResponse.hint(for: response.status)
        )
        throw KnownOutcome(
            isRefused ? .notApplied(problem, isTransient: response.status == 429) : .unknown(problem)
        )
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        .settled(after: to, facts: ["status": receipt["status"]])
    }

    func reconciliation(from: Value, to: Value, _ world: World) async throws -> Reconciliation { notice.doubt }
}
