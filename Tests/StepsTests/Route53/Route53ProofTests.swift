import MigrateCore
import Network
import Synchronization
import Testing

@testable import Steps

/// What `route53.proof` connects to, and what it takes for a proof.
@Suite struct Route53ProofTests {
    private typealias Script = Route53Script

    /// A verdict, and where was connected to for it.
    private struct Found {
        var verdict: Verdict
        var places: [ConnectTarget]
    }

    /// The proof of a side `to`, of a name whose sets are `sets`; `answer` is that of an address.
    private func proof(
        _ to: Value,
        _ asking: [String: Value] = [:],
        sets: [String] = [Script.values(["192.0.2.1"])],
        answer: @escaping @Sendable (String) throws -> Int = { _ in 200 }
    ) async -> Found {
        let dns = ScriptedDNS([
            "alb.elb.amazonaws.com a 192.0.2.2:53": .success(.addresses(["192.0.2.10", "192.0.2.11"])),
            "alb.elb.amazonaws.com aaaa 192.0.2.2:53": .success(.addresses(["2001:db8::1"])),
        ])
        let balancer = to["load_balancer"].isNull ? [] : [Script.loadBalancer(dual: true)]
        let places = Mutex<[ConnectTarget]>([])
        var world = World.staged(http: ScriptedHTTP([Script.zone, Script.list(sets.joined())] + balancer), dns: dns)
        world.http = AnsweringHTTP { request in
            let place = request.connectTo ?? ConnectTarget(host: "where the name leads", port: 0)
            places.withLock { $0.append(place) }
            #expect(request.url.hasPrefix("https://grafana.example.com"))
            return HTTPResponse(status: try answer(place.host))
        }
        let given: [String: Value] = ["to": to, "resolver": "192.0.2.2:53"]
        let call = ProbeCall(
            kind: "route53.proof",
            parameters: Script.parameters(given.merging(asking) { $1 })
        )
        let scope = StepScope(step: StepID("shift/prove"))
        let verdict = await LiveStepExecutor(world: world).probe(call, in: scope).answer.verdict
        return Found(verdict: verdict, places: places.withLock { $0 })
    }

    private func places(_ hosts: String..., port: Int = 443) -> [ConnectTarget] {
        hosts.map { ConnectTarget(host: $0, port: port) }
    }

    @Test(
        arguments: [
            ["load_balancer": "alb"], ["alias": ["dns_name": "alb.elb.amazonaws.com.", "zone_id": "ZALB"]],
        ] as [Value]
    )
    func everyAddressOfABalancerIsAskedAndTheNameItselfIsNot(to: Value) async {
        let found = await proof(to, ["path": "/health"])
        #expect(found.places == places("192.0.2.10", "192.0.2.11"))
        #expect(found.verdict == .pass("192.0.2.10: 200 in 0ms, 192.0.2.11: 200 in 0ms"))
    }

    @Test func addressesAreAskedThemselvesAndACNAMEByWhatItPointsAt() async {
        let two = await proof(["addresses": ["192.0.2.9", "192.0.2.8"]], ["port": 8443])
        #expect(two.places == places("192.0.2.9", "192.0.2.8", port: 8443))
        let set = Script.values(["old.example.net."], type: "CNAME")
        let pointed = await proof(["cname": "alb.elb.amazonaws.com"], sets: [set])
        #expect(pointed.places == places("192.0.2.10", "192.0.2.11", "2001:db8::1"))
    }

    @Test func addressesOfATypeThatIsNotMovedAreNotAsked() async {
        let both = [Script.values(["192.0.2.1"]), Script.values(["2001:db8::9"], type: "AAAA")]
        #expect(await proof(["load_balancer": "alb"], sets: both).places.map(\.host).last == "2001:db8::1")
        #expect(await proof(["load_balancer": "alb"]).places.count == 2)
    }

    @Test func oneAddressThatAnswersOtherwiseIsNoProof() async {
        let found = await proof(["load_balancer": "alb"]) { $0 == "192.0.2.11" ? 404 : 200 }
        #expect(found.verdict == .fail("192.0.2.11: 404 in 0ms: "))
        let silent = await proof(["address": "192.0.2.9"]) { _ in
            throw HTTPFailure(reason: .refused, message: "no", mayHaveSent: false)
        }
        #expect(silent.verdict.word == "error" && silent.verdict.summary == "192.0.2.9: no")
    }

    @Test func whatIsExpectedIsHeldAgainstTheNewSide() async {
        let wanted: [String: Value] = ["expect": ".status == 404"]
        #expect(await proof(["address": "192.0.2.9"], wanted).verdict.word == "fail")
        #expect(await proof(["address": "192.0.2.9"], wanted) { _ in 404 }.verdict.isPass)
    }

    @Test func aPlaceToConnectToGivesThePortAndMustBeOneOfTheNewSide() async {
        let named = await proof(["load_balancer": "alb"], ["connect_to": "alb.elb.amazonaws.com:8443"])
        #expect(named.places == places("192.0.2.10", "192.0.2.11", port: 8443))
        let one = await proof(["load_balancer": "alb"], ["connect_to": "192.0.2.11:8443"])
        #expect(one.places == places("192.0.2.10", "192.0.2.11", port: 8443))
        let old = await proof(["load_balancer": "alb"], ["connect_to": "192.0.2.1:443"])
        #expect(old.places.isEmpty)
        #expect(
            old.verdict
                == .fail(
                    "`prove` connects to `192.0.2.1`, which is no address of `to`: 192.0.2.10, 192.0.2.11; leave "
                        + "`connect_to` out, and every address of `to` is asked"
                )
        )
    }
}
