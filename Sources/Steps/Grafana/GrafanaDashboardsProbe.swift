import MigrateCore

/// Checks that Grafana has the dashboards that it should.
struct GrafanaDashboardsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "grafana.dashboards",
        role: .probe,
        summary: "Check that Grafana has the dashboards that it should",
        parameters: HTTPCall.parameters + [
            .optional("names", .list(.string), "uid or title of each dashboard that must be there"),
            .optional("at_least", .integer, default: 1, unit: "dashboards", "fewest dashboards that must be there"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["count": "how many there are", "titles": "their titles, sorted"],
        source: "https://grafana.com/docs/grafana/latest/developers/http_api/folder_dashboard_search/, read 2026-11-21",
        example: """
            - id: dashboards
              probe: grafana.dashboards
              with: {url: "${grafana}", token: "${secrets.grafana_token}", names: ["LGTM overview"]}
            """
    )

    private static let pageSize = 1000

    private let call: HTTPCall
    private let names: [String]
    private let fewest: Int

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        names = try parameters.strings("names")
        fewest = try parameters.integer("at_least")
    }

    func ask(_ world: World) async throws -> Observation {
        var found: [Value] = []
        for page in 1... {
            let query = [("type", "dash-db"), ("limit", "\(Self.pageSize)"), ("page", "\(page)")]
            let response = try await world.send(call.request("GET", "/api/search", query: query))
            let rows = try response.requireJSON("Grafana").array ?? []
            let known = Set(found.compactMap { $0["uid"].string })
            // A server that ignores `page` would send the first one for ever.
            let fresh = rows.filter { !known.contains($0["uid"].interpolated) }
            found += fresh
            if rows.count < Self.pageSize || fresh.isEmpty { break }
        }
        let titles = found.map { $0["title"].interpolated }.sorted()
        let facts: [String: Value] = [
            "count": .integer(Int64(found.count)), "titles": .array(titles.map { .string($0) }),
        ]
        let missing = names.filter { name in
            !found.contains { $0["uid"].string == name || $0["title"].string == name }
        }
        if !missing.isEmpty {
            return Observation(.fail("missing: \(missing.joined(separator: ", "))"), facts: facts)
        }
        let seen = "\(found.count) dashboards"
        return Observation(found.count >= fewest ? .pass(seen) : .fail("\(seen); wanted \(fewest)"), facts: facts)
    }
}
