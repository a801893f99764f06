import MigrateCore
import Network
import Testing

@testable import Steps

/// Batches as whole text: what is deleted is exactly what was there, and nothing is ever upserted.
@Suite struct Route53BatchTests {
    typealias Script = Route53Script
    let scope = StepScope(step: StepID("shift/w10"), token: "t")
    let toBalancer: [String: Value] = ["to": ["load_balancer": "alb"]]

    func change(
        _ kind: String,
        _ parameters: [String: Value],
        _ script: [ScriptedHTTP.Exchange]
    ) async throws -> Change {
        let preparation = await Script.prepare(kind, parameters, script)
        guard case .change(let change) = preparation else {
            throw Problem("no change: \(preparation)")
        }
        return change
    }

    /// Lines of the batch that `change` sends.
    func batch(_ change: Change, files: KeptFiles = KeptFiles()) async -> String {
        let http = ScriptedHTTP([Script.changed()])
        let executor = LiveStepExecutor(world: .staged(http: http, files: files))
        let outcome = await executor.perform(change, in: scope).answer
        guard case .applied = outcome else { return "\(outcome)" }
        return http.lastBody.replacing("<Change>", with: "\n<Change>").replacing("</Changes>", with: "\n</Changes>")
    }

    private static let head =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<ChangeResourceRecordSetsRequest xmlns=\"https://route53.amazonaws.com/doc/2013-04-01/\"><ChangeBatch>"

    private func text(comment: String, _ changes: [(String, String)]) -> String {
        let lines = changes.map { "\n<Change><Action>\($0.0)</Action>\($0.1)</Change>" }.joined()
        return Self.head + "<Comment>migrate: \(comment)</Comment><Changes>\(lines)\n</Changes></ChangeBatch>"
            + "</ChangeResourceRecordSetsRequest>"
    }

    @Test func convertingDeletesTheSimpleRecordAndCreatesBothSides() async throws {
        let change = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 0]) { $1 },
            [Script.loadBalancer(), Script.zone, Script.list(Script.values(["192.0.2.1"]))]
        )
        let sent = await batch(change)
        #expect(
            sent
                == text(
                    comment: "new side of grafana.example.com.: simple record → 0 %",
                    [
                        ("DELETE", Script.values(["192.0.2.1"])),
                        ("CREATE", Script.alias(Script.member("new", 0))),
                        ("CREATE", Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100))),
                    ]
                )
        )
    }

    @Test func theBatchIsForetoldEntryByEntry() async throws {
        let change = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 0]) { $1 },
            [Script.loadBalancer(), Script.zone, Script.list(Script.values(["192.0.2.1", "192.0.2.2"]))]
        )
        let executor = LiveStepExecutor(world: .staged(http: ScriptedHTTP([])))
        let call = try #require(await executor.call(of: change, in: scope))
        let name = "grafana.example.com."
        #expect(call.summary == "one batch to zone Z1, all of it or none")
        #expect(
            call.entries.map(\.cells) == [
                ["DELETE", name, "A", "", "", "TTL 300", "192.0.2.1, 192.0.2.2"],
                ["CREATE", name, "A", "migrate-new", "weight 0", "", "alias of alb.elb.amazonaws.com. (zone ZALB)"],
                ["CREATE", name, "A", "migrate-old", "weight 100", "TTL 60", "192.0.2.1, 192.0.2.2"],
            ]
        )
        #expect(
            call.entries.first?.value == [
                "Action": "DELETE",
                "ResourceRecordSet": [
                    "Name": .string(name), "Type": "A", "TTL": 300,
                    "ResourceRecords": [["Value": "192.0.2.1"], ["Value": "192.0.2.2"]],
                ],
            ]
        )
    }

    @Test func shiftingDeletesBothMembersAsSeenAndCreatesThemAnew() async throws {
        let change = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 10]) { $1 },
            [
                Script.loadBalancer(), Script.zone,
                Script.list(
                    Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 99)),
                    Script.alias(Script.member("new", 1))
                ),
            ]
        )
        let sent = await batch(change)
        #expect(
            sent
                == text(
                    comment: "new side of grafana.example.com.: 1 % → 10 %",
                    [
                        ("DELETE", Script.alias(Script.member("new", 1))),
                        ("DELETE", Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 99))),
                        ("CREATE", Script.alias(Script.member("new", 10))),
                        ("CREATE", Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 90))),
                    ]
                )
        )
    }

    @Test func finishingLeavesOneSimpleRecordOfTheNewSide() async throws {
        let change = try await change(
            "route53.finish",
            ["ttl": 300],
            [
                Script.zone,
                Script.list(
                    Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 0)),
                    Script.alias(Script.member("new", 100))
                ),
            ]
        )
        let sent = await batch(change)
        #expect(
            sent
                == text(
                    comment: "grafana.example.com.: weighted pair → simple record of the new side",
                    [
                        ("DELETE", Script.alias(Script.member("new", 100))),
                        ("DELETE", Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 0))),
                        ("CREATE", Script.alias()),
                    ]
                )
        )
    }

    @Test func goingBackIsTheSameBatchTurnedRound() async throws {
        let there = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 0]) { $1 },
            [Script.loadBalancer(), Script.zone, Script.list(Script.values(["192.0.2.1"]))]
        )
        let http = ScriptedHTTP([
            Script.zone,
            Script.list(
                Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100)),
                Script.alias(Script.member("new", 0))
            ),
        ])
        let executor = LiveStepExecutor(world: .staged(http: http))
        let finding = await executor.prepareReturn(of: there, acceptable: [there.to], target: there.from, in: scope)
        guard case .change(let back) = finding.answer else {
            Issue.record("no way back: \(finding.answer)")
            return
        }
        let sent = await batch(back)
        #expect(
            sent
                == text(
                    comment: "new side of grafana.example.com.: 0 % → simple record",
                    [
                        ("DELETE", Script.alias(Script.member("new", 0))),
                        ("DELETE", Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100))),
                        ("CREATE", Script.values(["192.0.2.1"])),
                    ]
                )
        )
    }

    @Test func aHotFixIsNeverClobbered() async throws {
        let there = try await change(
            "route53.weights",
            toBalancer.merging(["weight": 0]) { $1 },
            [Script.loadBalancer(), Script.zone, Script.list(Script.values(["192.0.2.1"]))]
        )
        let http = ScriptedHTTP([Script.zone, Script.list(Script.values(["203.0.113.9"]))])
        let executor = LiveStepExecutor(world: .staged(http: http))
        let finding = await executor.prepareReturn(of: there, acceptable: [there.to], target: there.from, in: scope)
        guard case .conflict(let expected, let found, _) = finding.answer else {
            Issue.record("not a conflict: \(finding.answer)")
            return
        }
        #expect(expected == there.to)
        #expect(found["sets"].array?.first?["values"] == ["203.0.113.9"])
    }

    @Test func theTTLIsLoweredAndTheOldOneHandedOn() async throws {
        let change = try await change(
            "route53.ttl",
            ["ttl": 60],
            [Script.zone, Script.list(Script.values(["192.0.2.1"]))]
        )
        let sent = await batch(change)
        #expect(
            sent
                == text(
                    comment: "TTL of grafana.example.com.: 300 s → 60 s",
                    [("DELETE", Script.values(["192.0.2.1"])), ("CREATE", Script.values(["192.0.2.1"], ttl: 60))]
                )
        )
    }

    @Test func aRecordIsCreatedWhereThereIsNone() async throws {
        let change = try await change(
            "route53.record",
            ["to": ["address": "192.0.2.7"], "ttl": 60],
            [Script.zone, Script.zone, Script.list()]
        )
        let sent = await batch(change)
        #expect(change.from == .null)
        #expect(
            sent
                == text(
                    comment: "create record grafana.example.com.",
                    [("CREATE", Script.values(["192.0.2.7"], ttl: 60))]
                )
        )
    }

    @Test func sharesThatAnEarlierPartDidNotLeaveAreSomebodyElses() async throws {
        func pair(_ old: Int, _ new: Int) -> [ScriptedHTTP.Exchange] {
            [
                Script.loadBalancer(), Script.zone,
                Script.list(
                    Script.values(["192.0.2.1"], ttl: 60, Script.member("old", old)),
                    Script.alias(Script.member("new", new))
                ),
            ]
        }
        let w10 = try await change("route53.weights", toBalancer.merging(["weight": 10]) { $1 }, pair(100, 0))
        for theirs in [30, 100] {
            let executor = LiveStepExecutor(world: .staged(http: ScriptedHTTP(pair(100 - theirs, theirs))))
            var scope = scope
            scope.left = w10.to
            let parameters = Script.parameters(toBalancer.merging(["weight": 50]) { $1 })
            let call = ActionCall(kind: "route53.weights", parameters: parameters, effect: .reconcilable)
            guard case .conflict(let expected, let found) = await executor.prepare(call, in: scope).answer else {
                Issue.record("\(theirs) % was taken for ours")
                continue
            }
            #expect(expected == w10.to)
            #expect(WeightedPair.share(of: found) == theirs)
        }
    }
}
