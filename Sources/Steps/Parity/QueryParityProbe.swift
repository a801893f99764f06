import MigrateCore

/// Asks two sides the same questions and compares their answers.
struct QueryParityProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "query.parity",
        role: .probe,
        summary: "Ask the old and the new side the same queries and compare the answers within a tolerance",
        parameters: [
            .required("old", .string, "Address of the old side, up to where `/api/v1` (or `/loki/api/v1`) begins"),
            .required("new", .string, "Address of the new side"),
            .required("queries", .list(.string), "PromQL, or LogQL that gives numbers"),
            .optional("language", .choice(["promql", "logql"]), default: "promql", "Language of the queries"),
            .optional("tolerance", .percent, default: 1, "How far an answer of the new side may be from the old one's"),
            .optional("ago", .duration, default: "0s", "How long ago the moment lies that is asked about"),
        ] + HTTPCall.parameters.filter { $0.name != "url" && $0.name != "connect_to" },
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["compared": "how many series were compared", "differences": "what differs, first 20"],
        source: "https://prometheus.io/docs/prometheus/latest/querying/api/ and "
            + "https://grafana.com/docs/loki/latest/reference/loki-http-api/, read 2026-11-21",
        example: """
            - id: same-answers
              probe: query.parity
              with:
                old: "http://10.0.1.11:8080/prometheus"
                new: "http://mimir.lgtm.local:8080/prometheus"
                queries: ["sum by (job) (up)", "sum(rate(http_requests_total[5m]))"]
                tolerance: 2
                ago: 12h
            """,
        readsMonitoring: true
    )

    /// Most differences that are kept.
    private static let shownDifferences = 20

    private let old: HTTPCall
    private let new: HTTPCall
    private let queries: [String]
    private let path: String
    private let tolerance: Percent
    private let ago: Duration

    init(_ parameters: Parameters) throws {
        old = try HTTPCall(parameters, address: "old")
        new = try HTTPCall(parameters, address: "new")
        queries = try parameters.strings("queries")
        guard !queries.isEmpty else { throw ParameterError("queries", "must hold at least one query") }
        let isLogQL = try parameters.choice("language", of: ["promql", "logql"]) == "logql"
        path = isLogQL ? "/loki/api/v1/query" : "/api/v1/query"
        tolerance = try parameters.percent("tolerance")
        ago = try parameters.duration("ago")
    }

    func ask(_ world: World) async throws -> Observation {
        // Why one moment for both: two questions a second apart have two answers.
        let moment = Timestamp(milliseconds: world.now().milliseconds - ago.inMilliseconds)
        var comparison = SeriesComparison(tolerance: Double(tolerance.value) / 100)
        for query in queries {
            async let before = series(query, at: moment, old, world)
            async let after = series(query, at: moment, new, world)
            try await comparison.compare(before, after, query: query)
        }
        let facts: [String: Value] = [
            "compared": .integer(Int64(comparison.compared)),
            "differences": .array(comparison.differences.prefix(Self.shownDifferences).map { .string($0) }),
        ]
        guard comparison.differences.isEmpty else {
            let rest = comparison.differences.count > 1 ? " and \(comparison.differences.count - 1) more" : ""
            return Observation(.fail((comparison.differences.first ?? "") + rest), facts: facts)
        }
        guard comparison.compared > 0 else {
            return Observation(.inconclusive("neither side has data for these queries"), facts: facts)
        }
        return Observation(.pass("\(comparison.compared) series agree within \(tolerance)"), facts: facts)
    }

    /// Value of each series by its labels.
    private func series(
        _ query: String,
        at moment: Timestamp,
        _ side: HTTPCall,
        _ world: World
    ) async throws -> [String: Double] {
        let time = "\(moment.milliseconds / 1000)"
        let data = try await PrometheusAPI(call: side).get(path, query: [("query", query), ("time", time)], world)
        switch data["resultType"].string {
        case "scalar": return Self.number(data["result"]).map { ["": $0] } ?? [:]
        case "vector":
            let pairs = (data["result"].array ?? []).compactMap { sample in
                Self.number(sample["value"]).map { (sample["metric"].text, $0) }
            }
            return Dictionary(pairs, uniquingKeysWith: { $1 })
        case .some(let other):
            throw Problem("`\(query)` gives \(other), which cannot be compared", hint: "ask for numbers at one moment")
        case nil: throw Problem("`\(side.base)` answered without a result")
        }
    }

    private static func number(_ sample: Value) -> Double? {
        sample.array?.last?.string.flatMap { Double($0) }.flatMap { $0.isFinite ? $0 : nil }
    }
}
