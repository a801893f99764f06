import MigrateCore

/// Checks that Prometheus evaluates its rules, and has those that it should.
struct PrometheusRulesProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "prometheus.rules",
        role: .probe,
        summary:
            "Check that Prometheus or Mimir has its rules, evaluates them without errors, and that none of some fires",
        parameters: HTTPCall.parameters + [
            .optional("names", .list(.string), "Names of rules that must be there"),
            .optional("at_least", .integer, default: 1, unit: "rules", "Fewest rules"),
            .optional("quiet", .list(.string), example: ["ServiceDown"], "Names of alerts that must not fire"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        facts: ["count": "how many rules there are", "firing": "names of alerts that fire, sorted"],
        source: "https://prometheus.io/docs/prometheus/latest/querying/api/#rules, read 2026-11-21",
        example: """
            - id: rules
              probe: prometheus.rules
              with: {url: "http://prometheus:9090", names: [HighCPUUsage, ServiceDown]}
            """,
        readsMonitoring: true
    )

    private let call: HTTPCall
    private let names: [String]
    private let fewest: Int
    private let quiet: [String]

    init(_ parameters: Parameters) throws {
        call = try HTTPCall(parameters)
        names = try parameters.strings("names")
        fewest = try parameters.integer("at_least", in: 0...1_000_000)
        quiet = try parameters.strings("quiet")
    }

    func ask(_ world: World) async throws -> Observation {
        let data = try await PrometheusAPI(call: call).get("/api/v1/rules", world)
        let rules = (data["groups"].array ?? []).flatMap { $0["rules"].array ?? [] }
        let firing = rules.filter { $0["state"].string == "firing" }.map { $0["name"].interpolated }
        let facts: [String: Value] = [
            "count": .integer(Int64(rules.count)), "firing": .array(Set(firing).sorted().map { .string($0) }),
        ]
        let known = Set(rules.map { $0["name"].interpolated })
        var faults = names.filter { !known.contains($0) }.map { "no rule `\($0)`" }
        faults += rules.filter { $0["health"].string == "err" }.map {
            "rule `\($0["name"].interpolated)` cannot be evaluated: \($0["lastError"].interpolated)"
        }
        faults += quiet.filter(firing.contains).map { "alert `\($0)` fires" }
        if rules.count < fewest { faults.append("\(rules.count) rules, wanted \(fewest)") }
        if !faults.isEmpty { return Observation(.fail(faults.joined(separator: "; ")), facts: facts) }
        let fresh = rules.filter { $0["health"].string == "unknown" }.count
        // A rule that was never evaluated says nothing yet.
        guard fresh == 0 else {
            return Observation(.inconclusive("\(fresh) rules were not evaluated yet"), facts: facts)
        }
        return Observation(.pass("\(rules.count) rules, all evaluated"), facts: facts)
    }
}
