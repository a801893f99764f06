import MigrateCore
import Network

/// Puts a mark on Grafana's graphs.
struct GrafanaAnnotateAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "grafana.annotate",
        role: .action,
        summary: "Puts an annotation on Grafana's graphs, so that everybody sees when something was changed",
        parameters: HTTPCall.parameters + [
            .required("text", .string, "Words of the annotation"),
            .optional("tags", .list(.string), default: ["migrate"], "Tags that dashboards choose annotations by"),
            .optional(
                "dashboard",
                .string,
                example: "lgtm-overview",
                "uid of the one dashboard it is for; all when left out"
            ),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "that there was no annotation of this attempt; undoing deletes it by its id",
        reconciliation: "by a tag that names the attempt",
        facts: ["id": "id of the annotation"],
        source: "https://grafana.com/docs/grafana/latest/developers/http_api/annotations/, read 2026-11-21",
        example: """
            - id: mark
              do: grafana.annotate
              with: {url: "${grafana}", token: "${secrets.grafana_token}", text: Traffic moves to Fargate, tags: [cutover]}
            """,
        notice: .text("text")
    )

    private let call: HTTPCall
    private let text: String
    private let tags: [String]
    private let dashboard: String?

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        text = try parameters.string("text")
        tags = try parameters.strings("tags")
        dashboard = try parameters.stringIfGiven("dashboard")
    }

    private static func mark(_ token: String) -> String { "migrate:\(token)" }

    /// Annotation of the attempt at work; each attempt has its own.
    func observe(_ world: World) async throws -> Value { try await find(Self.mark(world.attemptToken), world) }

    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        guard let mark = images.lazy.compactMap({ $0["mark"].string }).first else { return .null }
        return try await find(mark, world)
    }

    private func find(_ mark: String, _ world: World) async throws -> Value {
        let request = call.request("GET", "/api/annotations", query: [("tags", mark), ("limit", "1")])
        let rows = try await world.send(request).requireJSON("Grafana").array ?? []
        // Why looked at again: a server that ignores `tags` would hand out somebody else's.
        let own = rows.first { row in (row["tags"].array ?? []).contains(.string(mark)) }
        guard let own else { return .null }
        return ["mark": .string(mark), "id": own["id"], "text": own["text"]]
    }

    func wanted(over before: Value) throws -> Value { ["text": .string(text)] }

    func isSatisfied(by image: Value) throws -> Bool { !image.isNull }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        observed.isNull == expected.isNull && observed["text"] == expected["text"]
    }

    func facts(of image: Value) -> [String: Value] { ["id": image["id"]] }

    func summary(from: Value, to: Value) -> String {
        to.isNull ? "delete annotation \(from["id"].text)" : "annotate: \(text)"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            var request = call.request("DELETE", "/api/annotations/\(from["id"].text)")
            request.usesFreshConnection = true
            let response = try await world.send(request)
            guard [200, 404].contains(response.status) else { throw Self.refused(response) }
            return .null
        }
        let labels = (tags + [Self.mark(token)]).map { Value.string($0) }
        var body: [String: Value] = [
            "text": .string(text), "tags": .array(labels), "time": .integer(world.now().milliseconds),
        ]
        if let dashboard { body["dashboardUID"] = .string(dashboard) }
        let response = try await world.send(call.post("/api/annotations", json: .object(body)))
        guard response.status == 200 else { throw Self.refused(response) }
        return ["mark": .string(Self.mark(token))]
    }

    private static func refused(_ response: HTTPResponse) -> KnownOutcome {
        let problem = Problem(
            "Grafana answered \(response.status): \(response.excerpt)",
            hint: response.status == 403
                ? "the token needs `annotations:create` and `annotations:delete`"
                : HTTPResponse.hint(for: response.status)
        )
        return KnownOutcome(response.status < 500 ? .notApplied(problem, isTransient: false) : .unknown(problem))
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let mark = receipt["mark"].string ?? Self.mark(world.attemptToken)
        let found = try await find(mark, world)
        guard matches(found, to) else { return .pending("Grafana does not show it yet") }
        return .settled(after: found, facts: facts(of: found))
    }
}
