import MigrateCore

/// Asks Alertmanager whether it is ready and sees its peers.
struct AlertmanagerStatusProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "alertmanager.status",
        role: .probe,
        summary: "Ask Alertmanager whether it is ready and sees its peers",
        parameters: HTTPCall.parameters + [
            .optional("peers", .integer, default: 0, unit: "members", "fewest members of the cluster, itself included")
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["status": "`ready`, `settling` or `disabled`", "peers": "members seen", "version": "its version"],
        source: "https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, read 2026-11-21",
        example: """
            - id: alertmanager-ready
              probe: alertmanager.status
              with: {url: "http://alertmanager:9093"}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let peers: Int

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        peers = try parameters.integer("peers")
    }

    func ask(_ world: World) async throws -> Observation {
        let said = try await world.send(call.request("GET", "/api/v2/status")).requireJSON("Alertmanager")
        let status = said["cluster"]["status"].interpolated
        let seen = said["cluster"]["peers"].array?.count ?? 0
        let facts: [String: Value] = [
            "status": .string(status), "peers": .integer(Int64(seen)), "version": said["versionInfo"]["version"],
        ]
        // A single instance without clustering says `disabled`, which is as ready as it gets.
        guard status == "ready" || (status == "disabled" && peers <= 1) else {
            return Observation(.fail("cluster is \(status)"), facts: facts)
        }
        let words = "\(status), \(seen) peers"
        return Observation(
            seen >= peers || status == "disabled" ? .pass(words) : .fail("\(words); wanted \(peers)"),
            facts: facts
        )
    }
}
