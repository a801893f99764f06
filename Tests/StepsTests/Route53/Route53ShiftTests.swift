import MigrateCore
import RunbookYAML
import Testing

@testable import Steps

@Suite struct Route53ShiftTests {
    private func parts(_ more: [String: Value] = [:]) throws -> [KindDeclaration.Part] {
        let given: [String: Value] = [
            "zone": "${zone_id}", "name": "grafana.example.com", "to": ["load_balancer": "alb"],
            "prove": ["path": "/api/health"],
        ]
        return try Route53ShiftPlan(.object(given.merging(more) { $1 })).parts()
    }

    private func text(_ parts: [KindDeclaration.Part]) -> String {
        parts.map { part in
            let work =
                switch part.work {
                case .probe(let kind): "probe \(kind)"
                case .action(let kind): "do \(kind)"
                case .soak(let length): "soak \(length)"
                }
            let share = part.parameters["weight"].integer.map { " \($0)" } ?? ""
            let role = part.traffic.map { " (\($0))" } ?? ""
            return "\(part.name): \(work)\(share)\(role)"
        }.joined(separator: "\n")
    }

    @Test func theOrderOfAShift() throws {
        let all = try parts(["prove": ["port": 8443, "path": "/api/health"], "resolver": "192.0.2.2:53"])
        #expect(
            text(all) == """
                preflight: probe route53.preflight
                prove: probe route53.proof
                ttl: do route53.ttl (ahead)
                wait-ttl: soak ${part.ttl.old_ttl}
                convert: do route53.weights 0 (home)
                prove-again: probe route53.proof
                w1: do route53.weights 1 (away)
                soak-w1: soak 300s
                w10: do route53.weights 10 (away)
                soak-w10: soak 300s
                w50: do route53.weights 50 (away)
                soak-w50: soak 300s
                w100: do route53.weights 100 (away)
                soak-w100: soak 300s
                finish: do route53.finish (away)
                """
        )
        #expect(
            all[1].parameters == [
                "zone": "${zone_id}", "name": "grafana.example.com", "to": ["load_balancer": "alb"],
                "resolver": "192.0.2.2:53", "port": 8443, "path": "/api/health",
            ]
        )
        #expect(all.last?.parameters["ttl"] == "${part.ttl.old_seconds}")
    }

    @Test func whereSomebodyCountsEachShareIsHeldAgainstItsWeightAndWhoStaysBehindIsReported() throws {
        let share: Value = ["old": ["load_balancer": "a"], "new": ["load_balancer": "b"], "at_least": 500]
        let all = try parts(["weights": [50, 100], "share": share])
        #expect(
            text(Array(all.suffix(9)))
                == """
                convert: do route53.weights 0 (home)
                prove-again: probe route53.proof
                w50: do route53.weights 50 (away)
                soak-w50: soak 300s
                share-w50: probe traffic.share 50
                w100: do route53.weights 100 (away)
                soak-w100: soak 300s
                share-w100: probe traffic.share 100
                left: probe traffic.left
                finish: do route53.finish (away)
                """.split(separator: "\n").dropFirst().joined(separator: "\n")
        )
        let gate = try #require(all.first { $0.name == "share-w50" })
        #expect(gate.parameters["window"] == "240s")
        #expect(gate.parameters["at_least"] == 500)
        #expect(all.filter(\.isAdvisory).map(\.name) == ["left"])
        let home = try #require(all.first { $0.name == "convert" })
        #expect(home.parameters["left"]["side"] == ["load_balancer": "b"])
        #expect(home.parameters["left"]["drain"] == "300s")
        #expect(home.timeout == .seconds(900))
    }

    @Test(
        arguments: [
            ["old": ["load_balancer": "a"]],
            ["old": ["load_balancer": "a"], "new": ["load_balancer": "b", "count": ".x"]],
            ["old": ["load_balancer": "a"], "new": ["load_balancer": "b"], "least": 5],
            ["old": ["load_balancer": "a"], "new": ["probe": "htp", "count": ".json"]],
            ["old": ["load_balancer": "a"], "new": ["probe": "http", "with": ["adress": "x"], "count": ".json"]],
        ] as [Value]
    )
    func countersThatCannotBeReadAreRefusedBeforeAnything(share: Value) {
        #expect(throws: Diagnostics.self) { try parts(["share": share]) }
    }

    @Test(arguments: [nil, [:], "/health"] as [Value?])
    func aShiftWithoutAProofIsRefusedBeforeAnything(proof: Value?) {
        #expect(throws: Diagnostics.self) { try parts(["prove": proof ?? .null]) }
    }

    @Test func eachNameIsProvedByItself() throws {
        let proofs = try parts(["also": ["api.example.com"]]).filter { $0.name.hasPrefix("prove") }
        #expect(proofs.map(\.name) == ["prove", "prove-2", "prove-again", "prove-again-2"])
        #expect(proofs.map { $0.parameters["name"].interpolated.prefix(3) } == ["gra", "api", "gra", "api"])
        #expect(proofs.allSatisfy { $0.parameters["also"].isNull })
    }

    @Test func aSlipInTheProofIsRefusedBeforeAnything() {
        #expect(throws: Diagnostics.self) { try parts(["prove": ["conect_to": "alb:443"]]) }
    }

    @Test func whoStillAnswersOldIsAskedOfEachNameAndType() throws {
        let all = try parts(["weights": [100], "resolvers": ["192.0.2.2:53"], "also": ["api.example.com"]])
        let look = try #require(all.first { $0.name == "resolvers-w100" })
        #expect(
            look.parameters == [
                "name": "grafana.example.com", "also": ["api.example.com"], "resolvers": ["192.0.2.2:53"],
                "types": "${part.ttl.types}", "old": "${part.ttl.leads_to}",
            ]
        )
    }

    private func plan(_ runbook: String) throws -> Plan {
        try RunbookReader.plan(
            text: runbook,
            file: "r.yaml",
            environmentName: "test",
            values: [:],
            catalog: KindTable(StepCatalog.declarations),
            expressions: JqExpressionChecker()
        ).1
    }

    @Test(arguments: [
        ("", false), ("[{probe: tcp, with: {host: 192.0.2.9, port: 443}}]", false),
        ("[{probe: http, with: {url: \"http://a\"}}]", false),
        ("[{probe: http, with: {url: \"http://a\", connect_to: \"192.0.2.9:80\"}, advisory: true}]", false),
        ("[{probe: http, with: {url: \"http://a\", connect_to: \"192.0.2.9:80\"}}]", true),
        // The new side's own metrics say nothing once it is the metrics that are broken.
        ("[{probe: prometheus.query, with: {url: \"http://a\", query: up, connect_to: \"192.0.2.9:80\"}}]", false),
        (
            "[{probe: prometheus.query, with: {url: \"http://a\", query: up, connect_to: \"192.0.2.9:80\"}}, "
                + "{probe: cloudwatch.alarms_ok, with: {names: [a]}, advisory: true}]", false
        ),
        (
            "[{probe: prometheus.query, with: {url: \"http://a\", query: up, connect_to: \"192.0.2.9:80\"}}, "
                + "{probe: cloudwatch.alarms_ok, with: {names: [a]}}]", true
        ),
    ])
    func aShiftNeedsAWatchThatIsPinnedToTheNewSideAndOneThatIsNoMonitoring(watch: String, isEnough: Bool) throws {
        let runbook = """
            migrate: 1
            runbook: r
            title: T
            phases:
              - id: p
                title: P
                steps:
                  - id: shift
                    do: route53.shift
                    with: {zone: Z1, name: grafana.example.com, to: {address: 192.0.2.9}, prove: {path: /}}
            """
        let watched = watch.isEmpty ? runbook : runbook + "\n        watch: \(watch)"
        if isEnough {
            #expect(try !plan(watched).steps.isEmpty)
        } else {
            #expect(throws: Diagnostics.self) { try plan(watched) }
        }
    }

    @Test(arguments: [
        ("", false), ("[{probe: prometheus.query, with: {url: \"http://a\", query: up}}]", false),
        ("[{probe: elb.targets, with: {target_group: green}}]", true),
    ])
    func aShiftOfAListenerNeedsAWatchThatIsNoMonitoring(watch: String, isEnough: Bool) throws {
        let runbook = """
            migrate: 1
            runbook: r
            title: T
            phases:
              - id: p
                title: P
                steps:
                  - id: shift
                    do: elb.shift
                    with: {load_balancer: market, old: blue, new: green}
            """
        let watched = watch.isEmpty ? runbook : runbook + "\n        watch: \(watch)"
        if isEnough {
            #expect(try !plan(watched).steps.isEmpty)
        } else {
            #expect(throws: Diagnostics.self) { try plan(watched) }
        }
    }

    @Test(arguments: [("299s", 60, false), ("5m", 60, true), ("5m", 200, false), ("10m", 200, true)])
    func aSoakIsNotShorterThanFiveMinutesAndThreeTTLs(soak: String, ttl: Int64, isEnough: Bool) throws {
        let given: [String: Value] = ["soak": .string(soak), "ttl": .integer(ttl)]
        if isEnough {
            #expect(try !parts(given).isEmpty)
        } else {
            #expect(throws: Diagnostics.self) { try parts(given) }
        }
    }

    @Test func whatVerifiesAShiftIsNotLeftToAnAdvisoryPart() throws {
        let runbook = """
            migrate: 1
            runbook: r
            title: T
            phases:
              - id: p
                title: P
                steps:
                  - id: shift
                    do: route53.shift
                    with:
                      zone: Z1
                      name: grafana.example.com
                      to: {address: 192.0.2.9}
                      weights: [100]
                      finish: weighted
                      prove: {path: /health}
                      share: {old: {load_balancer: a}, new: {load_balancer: b}}
                    verify:
                      - {probe: tcp, with: {host: 192.0.2.9, port: 443}}
                    watch:
                      - {probe: http, with: {url: "https://grafana.example.com", connect_to: "192.0.2.9:443"}}
            """
        let plan = try plan(runbook)
        let last = try #require(plan.steps.last)
        #expect(last.id == StepID("shift/left") && last.onFailure == .continue && last.verify.isEmpty)
        let gate = try #require(plan.steps.dropLast().last)
        #expect(gate.id == StepID("shift/share-w100") && gate.onFailure == .backOut && gate.verify.count == 1)
    }

    @Test func resolversAreReportedAfterEachWeightAndHoldNothingUp() throws {
        let all = try parts(["weights": [50, 100], "resolvers": ["192.0.2.2:53"]])
        let looks = all.filter { $0.name.hasPrefix("resolvers-") }
        #expect(looks.map(\.name) == ["resolvers-w50", "resolvers-w100"])
        #expect(looks.allSatisfy { $0.isAdvisory && $0.parameters["name"] == "grafana.example.com" })
    }

    @Test func aChangeHasFiveMinutesToArrive() throws {
        let moving = try parts().filter { $0.traffic != nil }
        #expect(moving.count == 7)
        #expect(moving.allSatisfy { $0.timeout == .seconds(300) })
    }

    @Test func eachShareSoaksForThreeTTLsAtLeast() throws {
        #expect(text(try parts(["weights": [100], "ttl": 200])).contains("soak-w100: soak 600s"))
        #expect(text(try parts(["weights": [100], "soak": "15m"])).contains("soak-w100: soak 15m"))
    }

    @Test func aWeightedFinishLeavesThePair() throws {
        #expect(try parts(["finish": "weighted"]).last?.name == "soak-w100")
    }

    @Test(arguments: [[], [1, 10], [10, 1, 100], [0, 100], [50, 50, 100], [100, 200]] as [[Int64]])
    func weightsMustRiseToAHundred(weights: [Int64]) {
        #expect(throws: Diagnostics.self) { try parts(["weights": .array(weights.map { .integer($0) })]) }
    }

    @Test func partsHaveOnlyParametersThatTheirKindsKnow() throws {
        for part in try parts([
            "prove": ["connect_to": "alb:443"], "servers": ["127.0.0.1:53"], "latency_factor": 3,
            "share": ["old": ["load_balancer": "a"], "new": ["load_balancer": "b"]],
        ]) {
            let kind: (any StepKind.Type)? =
                switch part.work {
                case .probe(let name): StepCatalog.kind(name, as: .probe)
                case .action(let name): StepCatalog.kind(name, as: .action)
                case .soak: nil
                }
            guard let kind else { continue }
            let known = Set(kind.declaration.parameters.map(\.name))
            #expect(known.isSuperset(of: part.parameters.object?.keys.map { $0 } ?? []), "\(part.name)")
        }
    }
}
