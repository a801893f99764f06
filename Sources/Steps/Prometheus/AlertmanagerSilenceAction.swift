import MigrateCore
import Network

/// Silences alerts for a time.
struct AlertmanagerSilenceAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "alertmanager.silence",
        role: .action,
        summary: "Silences the alerts that match, for a time that ends by itself",
        parameters: HTTPCall.parameters + [
            .required(
                "matchers",
                .list(.string),
                "What is silenced: `service=\"grafana\"`, `severity=~\"warning|info\"`, `a!=\"b\"`"
            ),
            .required("for", .duration, "How long"),
            .optional("comment", .string, default: "change under way", "Why, for those who look"),
            .optional("author", .string, default: "migrate", "Who"),
        ],
        effect: .reconcilable,
        rollback: .captured,
        undo: "that there was no silence of this attempt; undoing ends it at once",
        reconciliation: "by the comment of the active silences: ours names the attempt",
        facts: ["id": "id of the silence", "ends_at": "when it ends"],
        source: "https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, read 2026-11-21",
        example: """
            - id: quiet
              do: alertmanager.silence
              with: {url: "http://alertmanager:9093", matchers: ['service="grafana"'], for: 2h}
            """
    )

    private let call: HTTPCall
    private let matchers: [AlertMatcher]
    private let length: Duration
    private let comment: String
    private let author: String

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        matchers = try parameters.strings("matchers").map { text in
            guard let matcher = AlertMatcher(text) else {
                throw ParameterError("matchers", "must be like `service=\"grafana\"`, not `\(text)`")
            }
            return matcher
        }
        guard !matchers.isEmpty else { throw ParameterError("matchers", "must name what is silenced") }
        length = try parameters.duration("for")
        comment = try parameters.string("comment")
        author = try parameters.string("author")
    }

    private func words(_ token: String) -> String { "\(comment) (migrate \(token))" }

    func observe(_ world: World) async throws -> Value { try await find(words(world.attemptToken), world) }

    func observe(_ world: World, believing images: [Value]) async throws -> Value {
        guard let comment = images.lazy.compactMap({ $0["comment"].string }).first else { return .null }
        return try await find(comment, world)
    }

    private func find(_ comment: String, _ world: World) async throws -> Value {
        let rows = try await world.send(call.request("GET", "/api/v2/silences")).requireJSON("Alertmanager").array ?? []
        let own = rows.first { $0["comment"].string == comment && $0["status"]["state"].string != "expired" }
        guard let own else { return .null }
        return ["comment": .string(comment), "id": own["id"], "ends_at": own["endsAt"]]
    }

    func wanted(over before: Value) throws -> Value { ["silenced": .array(matchers.map { .string($0.text) })] }

    func isSatisfied(by image: Value) throws -> Bool { !image.isNull }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed.isNull == expected.isNull }

    func facts(of image: Value) -> [String: Value] { ["id": image["id"], "ends_at": image["ends_at"]] }

    func summary(from: Value, to: Value) -> String {
        to.isNull
            ? "end silence \(from["id"].interpolated)"
            : "silence \(matchers.map(\.text).joined(separator: ", ")) for \(length.shortText)"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            var request = call.request("DELETE", "/api/v2/silence/\(from["id"].interpolated)")
            request.usesFreshConnection = true
            let response = try await world.send(request)
            guard [200, 404].contains(response.status) else { throw Self.refused(response) }
            return .null
        }
        let now = world.now()
        let body: Value = [
            "matchers": .array(matchers.map(\.value)), "startsAt": .string(now.description),
            "endsAt": .string((now + length).description), "createdBy": .string(author),
            "comment": .string(words(token)),
        ]
        let response = try await world.send(call.post("/api/v2/silences", json: body))
        guard response.status == 200 else { throw Self.refused(response) }
        return ["comment": .string(words(token))]
    }

    private static func refused(_ response: HTTPResponse) -> KnownOutcome {
        let problem = Problem(
            "Alertmanager answered \(response.status): \(response.excerpt)",
            hint: HTTPResponse.hint(for: response.status)
        )
        return KnownOutcome(response.status < 500 ? .notApplied(problem, isTransient: false) : .unknown(problem))
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await find(receipt["comment"].string ?? words(world.attemptToken), world)
        guard matches(found, to) else { return .pending("Alertmanager does not show it yet") }
        return .settled(after: found, facts: facts(of: found))
    }
}
