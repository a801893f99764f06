import MigrateCore

/// Asks Prometheus, or what speaks its API, one query and judges the result.
struct PrometheusQueryProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "prometheus.query",
        role: .probe,
        summary: "Ask Prometheus or Mimir one query and judge the result",
        parameters: HTTPCall.parameters + [
            .required("query", .string, "PromQL; the address ends where `/api/v1` begins"),
            .optional(
                "expect",
                .expression,
                "condition over `{value, values, result, count}`; any result passes when "
                    + "left out"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: [
            "value": "first value, as a number", "count": "how many series", "result": "result as the API gives it",
        ],
        source: "https://prometheus.io/docs/prometheus/latest/querying/api/, read 2026-11-21",
        example: """
            - id: ingestion-rate
              probe: prometheus.query
              with: {url: "http://mimir.lgtm.local:8080/prometheus", query: "sum(rate(up[5m]))", expect: ".value > 0"}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let query: String
    private let expectation: String?

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        query = try parameters.string("query")
        expectation = try parameters.stringIfGiven("expect")
    }

    func ask(_ world: World) async throws -> Observation {
        let result = try await PrometheusAPI(call: call).query(query, world)
        let facts: [String: Value] = [
            "value": result.values.first.map { .number($0) } ?? .null,
            "values": .array(result.values.map { .number($0) }), "count": .integer(Int64(result.values.count)),
            "result": result.raw,
        ]
        guard let first = result.values.first else {
            return Observation(.inconclusive("no data for `\(query)`"), facts: facts)
        }
        let seen = result.values.count == 1 ? "\(first)" : "\(result.values.count) series"
        guard let expectation else { return Observation(.pass(seen), facts: facts) }
        return Observation(
            await world.expressions.judge(expectation, over: .object(facts), seen: seen),
            facts: facts
        )
    }
}
