import MigrateCore
import Network

/// Asks Grafana whether it and its database are well.
struct GrafanaHealthProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "grafana.health",
        role: .probe,
        summary: "Ask Grafana whether it and its database are well",
        parameters: HTTPCall.parameters,
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["version": "Grafana's version", "database": "`ok` or `failing`"],
        source: "https://grafana.com/docs/grafana/latest/developers/http_api/other/#health-api, read 2026-11-21",
        example: """
            - id: grafana-up
              probe: grafana.health
              with: {url: "https://${host}", connect_to: "${alb_dns}:443"}
              retry: {for: 5m}
            """
    )

    private let call: HTTPCall

    init(_ parameters: Parameters) throws { call = try HTTPCall(parameters) }

    func ask(_ world: World) async throws -> Observation {
        let response = try await world.send(call.request("GET", "/api/health"))
        guard let health = response.json, health["database"].string != nil else {
            throw Problem("Grafana answered \(response.status): \(response.excerpt)", hint: "check the path in `url`")
        }
        let database = health["database"].interpolated
        let facts = ["version": health["version"], "database": health["database"]]
        let seen = "version \(health["version"].interpolated), database \(database)"
        let isWell = response.status == 200 && database == "ok"
        return Observation(isWell ? .pass(seen) : .fail("\(seen), status \(response.status)"), facts: facts)
    }
}
