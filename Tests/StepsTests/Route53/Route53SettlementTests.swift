import AWSClient
import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct Route53SettlementTests {
    private typealias Script = Route53Script
    private static let servers: [String: Value] = ["servers": ["127.0.0.1:5301", "127.0.0.2:5301"]]
    private static let members = [
        Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 90)), Script.alias(Script.member("new", 10)),
    ]

    private static func change(_ asking: [String: Value]) throws -> Change {
        let old = Route53.ResourceRecordSet.member("migrate-old", 90, values: ["192.0.2.1"])
        let new = Route53.ResourceRecordSet.member("migrate-new", 10, values: [])
        return Change(
            kind: "route53.weights",
            parameters: Script.parameters(asking.merging(["to": ["load_balancer": "alb"], "weight": 10]) { $1 }),
            from: .null,
            to: RecordSets(zone: "Z1", sets: [old, new]).image,
            token: "",
            effect: .reconcilable,
            summary: ""
        )
    }

    private func settle(
        _ script: [ScriptedHTTP.Exchange],
        _ dns: ScriptedDNS = ScriptedDNS(),
        asking: [String: Value] = servers
    ) async throws -> Settlement {
        let executor = LiveStepExecutor(world: .staged(http: ScriptedHTTP(script), dns: dns))
        return await executor.settle(
            try Self.change(asking),
            receipt: ["change_id": "C1"],
            in: StepScope(step: StepID("shift/w10"))
        ).answer
    }

    private func servers(_ answers: [DNSAnswer]) -> ScriptedDNS {
        ScriptedDNS([
            "grafana.example.com a 127.0.0.1:5301": .success(answers[0]),
            "grafana.example.com a 127.0.0.2:5301": .success(answers[1]),
            "alb.elb.amazonaws.com a system": .success(.addresses(["198.51.100.1"])),
        ])
    }

    private var listed: [ScriptedHTTP.Exchange] {
        [Script.change("INSYNC"), Script.zone, Script.list(Self.members[0], Self.members[1]), Script.zone]
    }

    /// What a change comes to of which the answer was lost, and which was found to be there `ago` before now.
    private func adopted(_ ago: Duration, scale: Int = 1) async throws -> Settlement {
        let script = [Script.zone, Script.list(Self.members[0], Self.members[1]), Script.zone]
        let dns = servers([.addresses(["192.0.2.1"]), .addresses(["198.51.100.1"])])
        var world = World.staged(http: ScriptedHTTP(script), dns: dns)
        world.timeScale = scale
        let seen = world.now().milliseconds - ago.inMilliseconds
        return await LiveStepExecutor(world: world).settle(
            try Self.change(Self.servers),
            receipt: ["seen_at": .integer(seen)],
            in: StepScope(step: StepID("shift/w10"))
        ).answer
    }

    @Test func aChangeWhoseAnswerWasLostGetsTheTimeThatItsIdWouldHaveBeenAskedFor() async throws {
        #expect(
            try await adopted(.seconds(10))
                == .pending(
                    "the answer was lost and with it the id of the change; waiting 50s for it to reach every server"
                )
        )
        guard case .pending = try await adopted(.seconds(2), scale: 20) else {
            Issue.record("not waited for in a rehearsal")
            return
        }
        for (ago, scale) in [(60, 1), (3, 20)] {
            guard case .settled(_, let facts) = try await adopted(.seconds(ago), scale: scale) else {
                Issue.record("held up for good")
                return
            }
            #expect(facts["seen_at"] == nil)
        }
    }

    @Test func aChangeThatIsFoundToBeThereIsTakenOnWithTheTimeAtWhichItWasSeen() async throws {
        let script = [Script.zone, Script.list(Self.members[0], Self.members[1])]
        let result = await LiveStepExecutor(world: .staged(http: ScriptedHTTP(script)))
            .reconcile(try Self.change(Self.servers), in: StepScope(step: StepID("shift/w10"))).answer
        #expect(result == .applied(receipt: ["seen_at": 1_768_262_400_000]))
    }

    @Test func aPendingChangeIsWaitedFor() async throws {
        #expect(try await settle([Script.change("PENDING")]) == .pending("change C1 is PENDING"))
    }

    @Test func everyAuthoritativeServerMustAnswerAsWritten() async throws {
        let dns = servers([.addresses(["192.0.2.1"]), .addresses(["198.51.100.1"])])
        guard case .settled(_, let facts) = try await settle(listed, dns) else {
            Issue.record("not settled")
            return
        }
        #expect(facts["weight"] == 10)
        let asked = dns.questions.filter { $0.server != nil }
        #expect(asked.map(\.usesTCP) == [false, true, false, true])
        #expect(asked.allSatisfy { !$0.isRecursive })
    }

    @Test func aPrivateZoneIsSeenThroughTheResolverOfItsVPC() async throws {
        let script = [Script.change("INSYNC"), Script.zone(isPrivate: true)]
        let there = script + [Script.list(Self.members[0], Self.members[1]), Script.zone(isPrivate: true)]
        func resolver(_ address: String) -> ScriptedDNS {
            ScriptedDNS([
                "grafana.example.com a 10.0.0.2:53": .success(.addresses([address], ttl: 7)),
                "alb.elb.amazonaws.com a 10.0.0.2:53": .success(.addresses(["198.51.100.1"])),
            ])
        }
        let dns = resolver("192.0.2.1")
        guard case .settled = try await settle(there, dns, asking: ["resolver": "10.0.0.2:53"]) else {
            Issue.record("not settled")
            return
        }
        #expect(!dns.questions.contains { !$0.isRecursive })
        // Why settled: a resolver may hold what it was told for an hour, and INSYNC is what Route 53 vouches for.
        guard case .settled = try await settle(there, resolver("203.0.113.1"), asking: ["resolver": "10.0.0.2:53"])
        else {
            Issue.record("held up by a cache")
            return
        }
    }

    /// What a return of traffic comes to when `requests` still reach the new side; it began when tests take place.
    private func home(requests: Int?, drain: Value = "10m", returned: Bool = true) async throws -> Settlement {
        let members = [
            Script.values(["192.0.2.1"], ttl: 60, Script.member("old", 100)), Script.alias(Script.member("new", 0)),
        ]
        var listed = [Script.change("INSYNC"), Script.zone, Script.list(members[0], members[1]), Script.zone]
        listed += [Script.change("INSYNC")]
        let dns = servers([.addresses(["192.0.2.1"]), .addresses(["192.0.2.1"])])
        var world = World.staged(http: ScriptedHTTP(listed), dns: dns)
        world.http = AnsweringHTTP { _ in
            guard let requests else { throw HTTPFailure(reason: .refused, message: "no", mayHaveSent: false) }
            return HTTPResponse(status: 200, body: Array("\(requests)".utf8))
        }
        let side: Value = ["probe": "http", "with": ["url": "http://new/count"], "count": ".json"]
        var change = try Self.change(
            Self.servers.merging(["left": ["side": side, "window": "4m", "quiet": 0, "drain": drain]]) { $1 }
        )
        let old = Route53.ResourceRecordSet.member("migrate-old", 100, values: ["192.0.2.1"])
        let new = Route53.ResourceRecordSet.member("migrate-new", 0, values: [])
        change.to = RecordSets(zone: "Z1", sets: [old, new]).image
        let receipt: Value = returned ? ["change_id": "C1", "returned": true] : ["change_id": "C1"]
        return await LiveStepExecutor(world: world)
            .settle(change, receipt: receipt, in: StepScope(step: StepID("shift/convert"))).answer
    }

    @Test func whoStillAsksTheNewSideIsCountedUntilNobodyDoes() async throws {
        let some = try await home(requests: 37)
        #expect(some == .pending("traffic is home; still 37 requests at the new side"))
        guard case .settled(_, let facts) = try await home(requests: 0) else {
            Issue.record("nobody is left, and it waits")
            return
        }
        #expect(facts["left"] == 0)
    }

    @Test(arguments: [(37, "0s", true), (nil, "10m", true), (37, "10m", false)] as [(Int?, Value, Bool)])
    func aReturnWaitsForNobodyTooLongNorForACounterThatIsSilent(
        requests: Int?,
        drain: Value,
        returned: Bool
    ) async throws {
        guard case .settled = try await home(requests: requests, drain: drain, returned: returned) else {
            Issue.record("held up")
            return
        }
    }

    @Test func onlyTheWayHomeIsAReturn() {
        func image(_ old: Int, _ new: Int) -> Value {
            let sets = [("migrate-old", old, "192.0.2.1"), ("migrate-new", new, "192.0.2.9")]
            return RecordSets(zone: "Z1", sets: sets.map { .member($0, $1, values: [$2]) }).image
        }
        func simple(_ address: String) -> Value {
            RecordSets(
                zone: "Z1",
                sets: [.init(name: "grafana.example.com.", type: "A", ttl: 300, resourceRecords: [address])]
            ).image
        }
        #expect(WeightedPair.isReturn(from: image(90, 10), to: image(100, 0)))
        #expect(WeightedPair.isReturn(from: simple("192.0.2.9"), to: image(100, 0)))
        #expect(!WeightedPair.isReturn(from: simple("192.0.2.1"), to: image(100, 0)))
        #expect(!WeightedPair.isReturn(from: image(90, 10), to: image(50, 50)))
        #expect(!WeightedPair.isReturn(from: image(100, 0), to: image(100, 0)))
    }

    @Test func aServerWithAnOldAnswerHoldsItUp() async throws {
        let dns = servers([.addresses(["192.0.2.1"]), .addresses(["203.0.113.1"])])
        #expect(try await settle(listed, dns) == .pending("127.0.0.2:5301 over UDP: still answers 203.0.113.1"))
    }

    @Test func aServerWithAnOldTTLHoldsItUp() async throws {
        let dns = servers([.addresses(["192.0.2.1"], ttl: 300), .addresses(["192.0.2.1"])])
        #expect(try await settle(listed, dns) == .pending("127.0.0.1:5301 over UDP: 192.0.2.1 still has TTL 300"))
    }

    @Test func aServerThatIsSilentIsUnknownNotSettled() async throws {
        let dns = ScriptedDNS([
            "grafana.example.com a 127.0.0.1:5301": .failure(.timedOut)
        ])
        #expect(try await settle(listed, dns) == .unknown(Problem("no answer from the name server in time")))
    }

    @Test func somebodyElsesChangeIsNoticed() async throws {
        let script = [Script.change("INSYNC"), Script.zone, Script.list(Script.values(["203.0.113.9"]))]
        guard case .conflict(let found) = try await settle(script) else {
            Issue.record("not noticed")
            return
        }
        #expect(found["sets"].array?.first?["values"] == ["203.0.113.9"])
    }
}

extension Route53.ResourceRecordSet {
    /// A member of a weighted pair: an alias when it has no values.
    fileprivate static func member(_ side: String, _ weight: Int, values: [String]) -> Self {
        var set = Self(
            name: "grafana.example.com.",
            type: "A",
            ttl: values.isEmpty ? nil : 60,
            resourceRecords: values
        )
        set.setIdentifier = side
        set.weight = weight
        if values.isEmpty {
            set.aliasTarget = .init(
                hostedZoneId: "ZALB",
                dnsName: "alb.elb.amazonaws.com.",
                evaluateTargetHealth: false
            )
        }
        return set
    }
}
