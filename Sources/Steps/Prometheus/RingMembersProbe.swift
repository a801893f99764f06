import MigrateCore
import Network

/// Checks that a hash ring of Mimir, Loki, Tempo or Pyroscope has its members, all of them active.
struct RingMembersProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "ring.members",
        role: .probe,
        summary: "Check that a ring of Mimir, Loki, Tempo or Pyroscope has its members, all active",
        parameters: HTTPCall.parameters + [
            .optional("path", .string, default: "/ring", "page of the ring: `/ring`, `/ingester/ring`, …"),
            .required("count", .integer, unit: "members", "members that must be there"),
            .optional(
                "exact",
                .boolean,
                default: false,
                "whether more members are wrong too, as when rings have merged"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["active": "members that are ACTIVE", "members": "id, state and address of each"],
        source: "https://grafana.com/docs/mimir/latest/references/http-api/, read 2026-11-21",
        example: """
            - id: mimir-ring
              probe: ring.members
              with: {url: "http://mimir.lgtm.local:8080", path: /ingester/ring, count: 3, exact: true}
              retry: {for: 10m}
            """,
        readsMonitoring: true
    )

    private let request: HTTPRequest
    private let count: Int
    private let isExact: Bool

    init(_ parameters: Parameters) throws {
        var request = try HTTPCall(parameters).request("GET", try parameters.string("path"))
        // Without it the page is HTML.
        request.headers.append(HTTPField("Accept", "application/json"))
        self.request = request
        count = try parameters.integer("count")
        isExact = try parameters.boolean("exact")
    }

    func ask(_ world: World) async throws -> Observation {
        let ring = try await world.send(request).requireJSON("the ring's page")
        guard let members = ring["shards"].array else { throw Problem("the page shows no ring: it has no `shards`") }
        let active = members.filter { $0["state"].string == "ACTIVE" }
        let facts: [String: Value] = [
            "active": .integer(Int64(active.count)),
            "members": .array(
                members.map { ["id": $0["id"], "state": $0["state"], "address": $0["address"]] }
            ),
        ]
        let idle = members.filter { $0["state"].string != "ACTIVE" }
            .map { "\($0["id"].interpolated) is \($0["state"].interpolated)" }
        let seen = "\(active.count) active members"
        if !idle.isEmpty { return Observation(.fail("\(seen); \(idle.joined(separator: ", "))"), facts: facts) }
        if active.count < count { return Observation(.fail("\(seen); wanted \(count)"), facts: facts) }
        if isExact, active.count > count {
            return Observation(.fail("\(seen); wanted exactly \(count): another ring may have joined"), facts: facts)
        }
        return Observation(.pass(seen), facts: facts)
    }
}
