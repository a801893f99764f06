import MigrateCore

/// Checks that Prometheus reaches every target of its jobs.
struct PrometheusTargetsProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "prometheus.targets",
        role: .probe,
        summary: "Check that Prometheus reaches every target of its jobs",
        parameters: HTTPCall.parameters + [
            .optional("jobs", .list(.string), "jobs that must have targets; all there are when left out"),
            .optional("at_least", .integer, default: 1, unit: "targets", "fewest targets of each job"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["up": "targets that are up", "down": "targets that are not, with the last error"],
        source: "https://prometheus.io/docs/prometheus/latest/querying/api/#targets, read 2026-11-21",
        example: """
            - id: targets-up
              probe: prometheus.targets
              with: {url: "http://prometheus:9090", jobs: [api-1, api-2, worker]}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let jobs: [String]
    private let fewest: Int

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        jobs = try parameters.strings("jobs")
        fewest = try parameters.integer("at_least")
    }

    func ask(_ world: World) async throws -> Observation {
        let data = try await PrometheusAPI(call: call).get("/api/v1/targets", query: [("state", "active")], world)
        let targets = (data["activeTargets"].array ?? []).filter {
            jobs.isEmpty || jobs.contains($0["labels"]["job"].interpolated)
        }
        let down = targets.filter { $0["health"].string != "up" }
        let facts: [String: Value] = [
            "up": .integer(Int64(targets.count - down.count)),
            "down": .array(
                down.map {
                    [
                        "job": $0["labels"]["job"], "instance": $0["labels"]["instance"], "health": $0["health"],
                        "error": $0["lastError"],
                    ]
                }
            ),
        ]
        let wanting = jobs.filter { job in
            targets.count { $0["labels"]["job"].string == job } < fewest
        }
        if !wanting.isEmpty {
            return Observation(.fail("too few targets: \(wanting.joined(separator: ", "))"), facts: facts)
        }
        if targets.isEmpty { return Observation(.inconclusive("there is no target"), facts: facts) }
        guard let first = down.first else { return Observation(.pass("\(targets.count) targets are up"), facts: facts) }
        let name = "\(first["labels"]["job"].interpolated) \(first["labels"]["instance"].interpolated)"
        return Observation(
            .fail("\(down.count) of \(targets.count) are not up, first \(name): \(first["lastError"].interpolated)"),
            facts: facts
        )
    }
}
