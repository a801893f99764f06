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
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let names: [String]
    private let fewest: Int

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        names = try parameters.strings("names")
        fewest = try parameters.integer("at_least")
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await GrafanaSearch(call: call).dashboards(world)
        let titles = found.map { $0["title"].interpolated }.sorted()
        let facts: [String: Value] = [
            "count": .integer(Int64(found.count)), "titles": .array(titles.map { .string($0) }),
        ]
        let missing = GrafanaSearch.pick(names, from: found).missing
        if !missing.isEmpty {
            return Observation(.fail("missing: \(missing.joined(separator: ", "))"), facts: facts)
        }
        let seen = "\(found.count) dashboards"
        return Observation(found.count >= fewest ? .pass(seen) : .fail("\(seen); wanted \(fewest)"), facts: facts)
    }
}
