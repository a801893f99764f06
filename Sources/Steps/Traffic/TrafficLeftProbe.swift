import MigrateCore

/// Whether nobody asks a side any more that has no share left.
struct TrafficLeftProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "traffic.left",
        role: .probe,
        summary: "Count who still asks a side that has no share any more: kept connections, answers kept too long",
        parameters: [
            .required("side", .mapping, "who counts its requests: \(RequestEvidence.shape)"),
            .optional("name", .string, default: "the losing side", "the side in words"),
            RequestEvidence.window,
            .optional(
                "quiet",
                .integer,
                default: 0,
                unit: "requests",
                "requests in the window that are nobody's, such as a monitor's"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: RequestEvidence.permissions,
        facts: ["requests": "requests counted", "connections": "connections open; null when nobody counts them"],
        source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/"
            + "load-balancer-cloudwatch-metrics.html, read 2026-11-21",
        example: """
            - id: old-side-empty
              probe: traffic.left
              with: {side: {load_balancer: lgtm-old}, name: the old side, window: 30m}
            """
    )

    private let side: RequestEvidence
    private let name: String
    private let window: Duration
    private let quiet: Int

    init(_ parameters: Parameters) throws {
        side = try RequestEvidence(parameters.value("side"), of: "side")
        name = try parameters.string("name")
        window = try parameters.duration("window")
        quiet = try parameters.integer("quiet", in: 0...1_000_000_000)
    }

    func ask(_ world: World) async throws -> Observation {
        let start = world.now()
        let found = try await side.count(over: window, world)
        world.record("requests that still reach \(name)", found.words, since: start)
        let facts: [String: Value] = [
            "requests": .integer(Int64(found.requests)),
            "connections": found.connections.map { .integer(Int64($0)) } ?? .null,
        ]
        let seen = "\(found.words) at \(name)"
        return Observation(
            found.requests <= quiet ? .pass("nobody left: \(seen)") : .fail("still \(seen)"),
            facts: facts
        )
    }
}
