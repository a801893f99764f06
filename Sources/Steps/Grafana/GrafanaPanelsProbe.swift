import MigrateCore
import Network

/// Checks that every panel of Grafana's dashboards answers with data, asked through Grafana itself.
struct GrafanaPanelsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "grafana.panels",
        role: .probe,
        summary: "Check that the queries of every panel answer with data, through Grafana's own API",
        parameters: HTTPCall.parameters + [
            .optional("dashboards", .list(.string), "uid or title of each dashboard that is asked; left out, all"),
            .optional(
                "ignore",
                .list(.string),
                example: ["LGTM Overview / Firing alerts"],
                "panels that may be empty, each as `DASHBOARD / PANEL` by their titles"
            ),
            .optional("range", .duration, default: "1h", "time back from now that is asked for"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["panels": "how many were asked", "empty": "those without data, as `DASHBOARD / PANEL`"],
        source:
            "https://grafana.com/docs/grafana/latest/developers/http_api/data_source/#query-a-data-source, read 2026-11-21",
        example: """
            - id: panels
              probe: grafana.panels
              with: {url: "${grafana}", token: "${secrets.grafana_token}", dashboards: ["LGTM overview"]}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let names: [String]
    private let ignored: Set<String>
    private let range: Duration

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        names = try parameters.strings("dashboards")
        ignored = Set(try parameters.strings("ignore"))
        range = try parameters.duration("range")
    }

    func ask(_ world: World) async throws -> Observation {
        let rows = try await GrafanaSearch(call: call).dashboards(world)
        let (wanted, missing) = GrafanaSearch.pick(names, from: rows)
        guard missing.isEmpty else { return Observation(.fail("no dashboard \(missing.joined(separator: ", "))")) }
        let sources = try await world.send(call.request("GET", "/api/datasources")).requireJSON("Grafana").array ?? []
        var asked = 0
        var empty: [String] = []
        var faults: [String] = []
        for row in wanted {
            let path = "/api/dashboards/uid/\(PercentCode.text(row["uid"].interpolated))"
            let answer = try await world.send(call.request("GET", path)).requireJSON("Grafana")
            for panel in GrafanaPanel.all(in: answer["dashboard"], sources: sources) {
                asked += 1
                let name = "\(row["title"].interpolated) / \(panel.title)"
                guard let fault = try await fault(of: panel, world) else { continue }
                empty.append(name)
                if !ignored.contains(name) { faults.append("\(name): \(fault)") }
            }
        }
        let facts: [String: Value] = [
            "panels": .integer(Int64(asked)), "empty": .array(empty.map { .string($0) }),
        ]
        guard asked > 0 else { return Observation(.inconclusive("no panel asks a data source"), facts: facts) }
        guard faults.isEmpty else { return Observation(.fail(faults.joined(separator: "; ")), facts: facts) }
        let left = empty.isEmpty ? "" : ", \(empty.count) of them empty, as they may be"
        return Observation(.pass("\(asked) panels answer\(left)"), facts: facts)
    }

    /// What is wrong with the panel's answer; nil when it has data.
    private func fault(of panel: GrafanaPanel, _ world: World) async throws -> String? {
        let now = world.now()
        let body: Value = [
            "queries": .array(panel.queries), "from": .string("\((now + (.zero - range)).milliseconds)"),
            "to": .string("\(now.milliseconds)"),
        ]
        var request = call.post("/api/ds/query", json: body)
        // Why not a fresh connection: a query changes nothing, and may be sent twice.
        request.usesFreshConnection = false
        let response = try await world.send(request)
        if [401, 403].contains(response.status) { _ = try response.requireJSON("Grafana") }
        guard let results = response.json?["results"].object else {
            return "status \(response.status): \(response.excerpt)"
        }
        for (_, result) in results.sorted(by: { $0.key < $1.key }) {
            if let error = result["error"].string { return error }
        }
        return results.values.contains(where: Self.hasData) ? nil : "no data"
    }

    /// Whether one of the frames has a value; a series of times without values has none.
    private static func hasData(_ result: Value) -> Bool {
        (result["frames"].array ?? []).contains { frame in
            let columns = frame["data"]["values"].array ?? []
            let values = columns.count > 1 ? columns.dropFirst() : columns[...]
            return values.contains { $0.array?.contains { !$0.isNull } == true }
        }
    }
}
