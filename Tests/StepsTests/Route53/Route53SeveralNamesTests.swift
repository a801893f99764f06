import AWSClient
import MigrateCore
import Testing

@testable import Steps

/// Names that move together, in one batch.
@Suite struct Route53SeveralNamesTests {
    private typealias Script = Route53Script

    private static let api = "api.example.com."
    private static let given: [String: Value] = ["also": ["api.example.com"], "to": ["address": "192.0.2.9"]]

    private static func found(_ grafana: [String], _ api: [String]) -> [ScriptedHTTP.Exchange] {
        let lists: [ScriptedHTTP.Exchange] = [
            grafana.count == 1 ? Script.list(grafana[0]) : Script.list(grafana[0], grafana[1]),
            api.isEmpty
                ? Script.list(of: Self.api)
                : api.count == 1 ? Script.list(of: Self.api, api[0]) : Script.list(of: Self.api, api[0], api[1]),
        ]
        return [Script.zone] + lists
    }

    private static let simple = found(
        [Script.values(["192.0.2.1"])],
        [Script.values(["192.0.2.2"], of: api, ttl: 120)]
    )

    @Test func theyAreConvertedInOneBatchAndEachKeepsItsOldSide() async throws {
        let preparation = await Script.prepare("route53.weights", Self.given.merging(["weight": 0]) { $1 }, Self.simple)
        guard case .change(let change) = preparation else { throw Problem("no change: \(preparation)") }
        let http = ScriptedHTTP([Script.changed()])
        let executor = LiveStepExecutor(world: .staged(http: http, files: KeptFiles()))
        _ = await executor.perform(change, in: StepScope(step: StepID("shift/convert"), token: "t"))
        #expect(http.isOver)
        let sent = try ZoneRecords.changes(from: RecordSets(image: change.from), to: RecordSets(image: change.to))
        #expect(
            sent.map { "\($0.action.rawValue) \($0.recordSet.name) \($0.recordSet.words)" } == [
                "DELETE api.example.com. 192.0.2.2",
                "DELETE grafana.example.com. 192.0.2.1",
                "CREATE api.example.com. migrate-new 0 192.0.2.9",
                "CREATE api.example.com. migrate-old 100 192.0.2.2",
                "CREATE grafana.example.com. migrate-new 0 192.0.2.9",
                "CREATE grafana.example.com. migrate-old 100 192.0.2.1",
            ]
        )
        #expect(change.summary == "new side of grafana.example.com., api.example.com.: simple record → 0 %")
    }

    @Test func oneThatIsMissingStopsThemAll() async {
        let preparation = await Script.prepare(
            "route53.weights",
            Self.given.merging(["weight": 0]) { $1 },
            Self.found([Script.values(["192.0.2.1"])], [])
        )
        guard case .refused(let problem) = preparation else {
            Issue.record("\(preparation)")
            return
        }
        #expect(problem.message == "there is no record `api.example.com.`")
    }

    @Test func oneThatLiesOutsideTheZoneStopsThemAll() async {
        let given: [String: Value] = ["also": ["api.example.org"], "to": ["address": "192.0.2.9"], "weight": 0]
        guard case .refused(let problem) = await Script.prepare("route53.weights", given, [Script.zone]) else {
            Issue.record("not refused")
            return
        }
        #expect(problem.message == "`api.example.org.` lies outside the zone `example.com.`")
    }

    @Test func eachGetsItsOwnTTLBackAtTheEnd() async throws {
        let lowered = await Script.prepare("route53.ttl", ["also": ["api.example.com"], "ttl": 60], Self.simple)
        guard case .change(let lower) = lowered else { throw Problem("no change: \(lowered)") }
        let action = try Route53TTLAction(Parameters(lower.parameters, of: Route53TTLAction.declaration))
        let old = action.keepsake(from: lower.from, to: lower.to)
        #expect(old["old_ttl"] == "300s")
        func pair(_ name: String, _ address: String) -> [String] {
            [
                Script.values([address], of: name, ttl: 60, Script.member("old", 0)),
                Script.values(["192.0.2.9"], of: name, ttl: 60, Script.member("new", 100)),
            ]
        }
        let finished = await Script.prepare(
            "route53.finish",
            ["also": ["api.example.com"], "ttl": old["old_seconds"] ?? .null, "ttls": old["old_ttls"] ?? .null],
            Self.found(pair(Script.name, "192.0.2.1"), pair(Self.api, "192.0.2.2"))
        )
        guard case .change(let finish) = finished else { throw Problem("no change: \(finished)") }
        let after = try RecordSets(image: finish.to)
        let sets = try #require(after).sets
        #expect(sets.map { "\($0.name) \($0.ttl ?? 0)" } == ["api.example.com. 120", "grafana.example.com. 300"])
    }

    @Test func eachIsProvedUnderItsOwnName() throws {
        let given = Script.parameters(Self.given.merging(["prove": ["path": "/health"]]) { $1 })
        let parts = try Route53ShiftPlan(given).parts().filter { $0.name.hasPrefix("prove") }
        #expect(parts.map(\.name) == ["prove", "prove-2", "prove-again", "prove-again-2"])
        #expect(parts[1].parameters["name"] == "api.example.com" && parts[1].parameters["path"] == "/health")
    }
}

extension Route53.ResourceRecordSet {
    /// Side, weight and data, without what is the same in all of them.
    fileprivate var words: String {
        ([setIdentifier, weight.map { "\($0)" }].compactMap(\.self) + resourceRecords).joined(separator: " ")
    }
}
