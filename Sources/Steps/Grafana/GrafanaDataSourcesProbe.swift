import MigrateCore
import Network

/// Checks that Grafana has its data sources and that each of them answers.
struct GrafanaDataSourcesProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "grafana.datasources",
        role: .probe,
        summary: "Check that Grafana has its data sources and that each of them answers",
        parameters: HTTPCall.parameters + [
            .optional(
                "names",
                .list(.string),
                "uid or name of each data source that must be there; all that are there "
                    + "when left out"
            ),
            .optional("health", .boolean, default: true, "whether each must also pass its own health check"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["sources": "uid, name, type and health of each source", "count": "how many there are"],
        source: "https://grafana.com/docs/grafana/latest/developers/http_api/data_source/, read 2026-11-21",
        example: """
            - id: data-sources
              probe: grafana.datasources
              with: {url: "${grafana}", token: "${secrets.grafana_token}", names: [mimir, loki, tempo, pyroscope]}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let names: [String]
    private let wantsHealth: Bool

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        names = try parameters.strings("names")
        wantsHealth = try parameters.boolean("health")
    }

    func ask(_ world: World) async throws -> Observation {
        let all = try await world.send(call.request("GET", "/api/datasources")).requireJSON("Grafana").array ?? []
        var faults: [String] = []
        var rows: [Value] = []
        let wanted: [Value]
        if names.isEmpty {
            wanted = all
        } else {
            wanted = names.compactMap { name in
                let found = all.first { $0["uid"].string == name || $0["name"].string == name }
                if found == nil { faults.append("no data source `\(name)`") }
                return found
            }
        }
        for source in wanted {
            var row: [String: Value] = ["uid": source["uid"], "name": source["name"], "type": source["type"]]
            if wantsHealth {
                let health = try await health(of: source, world)
                row["health"] = .string(health.words)
                if !health.isWell { faults.append("`\(source["name"].interpolated)`: \(health.words)") }
            }
            rows.append(.object(row))
        }
        let facts: [String: Value] = ["sources": .array(rows), "count": .integer(Int64(all.count))]
        guard !all.isEmpty || !names.isEmpty else {
            return Observation(.inconclusive("Grafana has no data source"), facts: facts)
        }
        let verdict: Verdict =
            faults.isEmpty
            ? .pass("\(rows.count) data sources are there and well") : .fail(faults.joined(separator: "; "))
        return Observation(verdict, facts: facts)
    }

    private func health(of source: Value, _ world: World) async throws -> (isWell: Bool, words: String) {
        let uid = PercentCode.text(source["uid"].interpolated)
        let response = try await world.send(call.request("GET", "/api/datasources/uid/\(uid)/health"))
        let message = response.json?["message"].string ?? response.excerpt
        switch response.status {
        case 200: return (response.json?["status"].string == "OK", message)
        // Plugins without a backend have no check; that they are there is all that can be known.
        case 404: return (true, "has no health check")
        case 401, 403:
            throw Problem("Grafana answered \(response.status): \(message)", hint: "give a `token` that may query")
        default: return (false, message.isEmpty ? "status \(response.status)" : message)
        }
    }
}
