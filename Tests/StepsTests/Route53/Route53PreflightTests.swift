import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct Route53PreflightTests {
    private typealias Script = Route53Script

    /// The zone, with the name servers that Route 53 gave it.
    private static let zone: ScriptedHTTP.Exchange = .ok(
        "GET \(Script.api)/hostedzone/Z1",
        "<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name>"
            + "<Config><PrivateZone>false</PrivateZone></Config></HostedZone><DelegationSet><NameServers>"
            + "<NameServer>ns-2.awsdns-1.org</NameServer><NameServer>ns-1.awsdns-1.com</NameServer>"
            + "</NameServers></DelegationSet></GetHostedZoneResponse>"
    )

    private static let twins: ScriptedHTTP.Exchange = .ok(
        "GET \(Script.api)/hostedzonesbyname?dnsname=example.com.",
        "<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name>"
            + "<Config><PrivateZone>false</PrivateZone></Config></HostedZone></HostedZones>"
            + "<IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>"
    )

    /// Both zones of the name.
    private static func twins(otherIsPrivate: Bool) -> ScriptedHTTP.Exchange {
        let zones = [("Z1", false), ("Z2", otherIsPrivate)].map { id, isPrivate in
            "<HostedZone><Id>/hostedzone/\(id)</Id><Name>example.com.</Name>"
                + "<Config><PrivateZone>\(isPrivate)</PrivateZone></Config></HostedZone>"
        }
        return .ok(
            "GET \(Script.api)/hostedzonesbyname?dnsname=example.com.",
            "<ListHostedZonesByNameResponse><HostedZones>\(zones.joined())</HostedZones>"
                + "<IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>"
        )
    }

    @Test func aPrivateZoneThatNobodyHereCanSeeIsNotShifted() async {
        let zone = Script.zone(isPrivate: true)
        let set = Script.values(["192.0.2.1"])
        let http = ScriptedHTTP([
            zone, zone, Script.list(set), Script.protections(), zone, Script.list(), Self.twins,
        ])
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters(["to": ["address": "192.0.2.9"]])
        )
        let verdict = await LiveStepExecutor(world: .staged(http: http, dns: ScriptedDNS()))
            .probe(call, in: StepScope(step: StepID("shift/preflight"))).answer.verdict
        #expect(
            verdict
                == .inconclusive(
                    "zone `example.com.` is private: only inside its VPCs can be seen what it answers; "
                        + "run there and give `resolver`, or give `servers`"
                )
        )
    }

    /// What the probe says of a zone whose protections are `protections`; what comes after them is not scripted.
    private func verdict(_ protections: ScriptedHTTP.Exchange, also rest: [ScriptedHTTP.Exchange] = []) async -> Verdict
    {
        let set = Script.values(["192.0.2.1"])
        let http = ScriptedHTTP([Self.zone, Self.zone, Script.list(set), protections] + rest)
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters(["to": ["address": "192.0.2.9"]])
        )
        return await LiveStepExecutor(world: .staged(http: http, dns: ScriptedDNS()))
            .probe(call, in: StepScope(step: StepID("shift/preflight"))).answer.verdict
    }

    @Test func aProtectedRecordIsRefusedWithWhatLiftsIt() async {
        #expect(
            await verdict(Script.protections(("TXT", "x"), ("A", "ask the network team")))
                == .fail(
                    "protected from changes: `grafana.example.com.` A (\"ask the network team\"); lift it until the shift "
                        + "is over: `aws route53 delete-resource-record-set-protections --hosted-zone-id Z1 --protections "
                        + "RecordName=grafana.example.com.,RecordType=A`"
                )
        )
    }

    @Test func aProtectionOfATypeThatStaysHindersNobody() async {
        let found = await verdict(
            Script.protections(("TXT", "x"), ("AAAA", "y")),
            also: [
                Script.zone,
                Script.list(
                    "<ResourceRecordSet><Name>\(Script.name)</Name><Type>TXT</Type><TTL>1</TTL>"
                        + "<ResourceRecords><ResourceRecord><Value>\"heritage=external-dns\"</Value></ResourceRecord>"
                        + "</ResourceRecords></ResourceRecordSet>"
                ),
            ]
        )
        // Whatever it goes on to find fault with, it is not the protection.
        #expect(found.summary.contains("kept by external-dns"), "\(found)")
    }

    @Test func ofAPrivateZoneItIsSaidThatCAAIsNotLookedAt() async {
        let zone = Script.zone(isPrivate: true)
        let set = Script.values(["192.0.2.1"])
        let http = ScriptedHTTP([
            zone, zone, Script.list(set), Script.protections(), zone, Script.list(), Self.twins, zone, Script.list(set),
            zone,
        ])
        let answers: [String: Result<DNSAnswer, DNSFailure>] = [
            "grafana.example.com a 192.0.2.2:53": .success(.addresses(["192.0.2.1"], ttl: 300))
        ]
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters(["to": ["address": "192.0.2.9"], "resolver": "192.0.2.2:53"])
        )
        let found = await LiveStepExecutor(world: .staged(http: http, dns: ScriptedDNS(answers)))
            .probe(call, in: StepScope(step: StepID("shift/preflight"))).answer.verdict
        #expect(found.isPass, "\(found)")
        #expect(found.summary.contains("CAA is not looked at: authorities do not see a private zone"), "\(found)")
    }

    /// Where the delegation is to be seen.
    private enum Above: Sendable {
        /// At the parent's server; the resolver would say otherwise.
        case parent
        /// Nowhere but at the resolver: nobody knows the parent.
        case nobody
        /// Nowhere but at the resolver: the parent's server is silent.
        case silent
    }

    /// What the probe says when clients are sent to `names`, which stand at `address`; nil where nobody knows the zone.
    private func verdict(
        delegatedTo names: [String]?,
        at address: String = "192.0.2.53",
        by above: Above = .parent,
        givenServers: [Value] = [],
        twins: ScriptedHTTP.Exchange = Self.twins,
        writer: String = ""
    ) async -> Verdict {
        let set = Script.values(["192.0.2.1"])
        let http = ScriptedHTTP([
            Self.zone, Self.zone, Script.list(set), Script.protections(), Self.zone, Script.list(writer), twins,
            Self.zone, Self.zone, Script.list(set), Self.zone,
        ])
        let here = ["ns-1.awsdns-1.com", "ns-2.awsdns-1.org"]
        var answers: [String: Result<DNSAnswer, DNSFailure>] = [
            "grafana.example.com a 192.0.2.53:53": .success(.addresses(["192.0.2.1"], ttl: 300)),
            "grafana.example.com ns 192.0.2.2:53": .success(.noData(negativeTTL: nil)),
            "example.com ns 192.0.2.2:53": .success(Self.answer(above == .parent ? here : names)),
            "grafana.example.com caa 192.0.2.53:53": .success(.noData(negativeTTL: nil)),
            "example.com caa 192.0.2.53:53": .success(.noData(negativeTTL: nil)),
            "com caa 192.0.2.2:53": .success(.noData(negativeTTL: nil)),
            "com ns 192.0.2.2:53": .success(Self.answer(above == .nobody ? nil : ["a.gtld.example"])),
            "a.gtld.example a 192.0.2.2:53": .success(.addresses(["192.0.2.40"])),
            "example.com ns 192.0.2.40:53": above == .silent ? .failure(.timedOut) : .success(Self.answer(names)),
        ]
        for own in here { answers["\(own) a 192.0.2.2:53"] = .success(.addresses(["192.0.2.53"])) }
        for name in names ?? [] { answers["\(name) a 192.0.2.2:53"] = .success(.addresses([address])) }
        let world = World.staged(http: http, dns: ScriptedDNS(answers))
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters([
                "to": ["address": "192.0.2.9"], "resolver": "192.0.2.2:53", "servers": .array(givenServers),
            ])
        )
        return await LiveStepExecutor(world: world).probe(call, in: StepScope(step: StepID("shift/preflight")))
            .answer.verdict
    }

    private static func answer(_ names: [String]?) -> DNSAnswer {
        guard let names else { return .noName(negativeTTL: nil) }
        let records = names.map { DNSRecord(name: "example.com", type: 2, ttl: 60, data: $0) }
        return .records(records, isAuthoritative: false)
    }

    private static let elsewhere = """
        zone `example.com.` (Z1) answers at ns-1.awsdns-1.com., ns-2.awsdns-1.org., and clients are sent to \
        ns1.elsewhere.net.
        """

    private static let advice =
        "; check `zone`, the name servers at the registrar, and that `resolver` sees what clients see"

    private static let own = ["ns-1.awsdns-1.com", "ns-2.awsdns-1.org"]

    @Test func aZoneThatClientsAskPasses() async {
        #expect(await verdict(delegatedTo: Self.own) == .pass("A 192.0.2.1 (TTL 300)"))
    }

    @Test func namesOfOnesOwnForTheSameServersPass() async {
        #expect(await verdict(delegatedTo: ["ns1.example.com"]) == .pass("A 192.0.2.1 (TTL 300)"))
    }

    @Test func theParentIsBelievedAndNotTheResolver() async {
        let found = await verdict(delegatedTo: ["ns1.elsewhere.net"], at: "198.51.100.1")
        #expect(found == .fail(Self.elsewhere + Self.advice))
    }

    @Test func aZoneThatItsParentDoesNotKnowIsRefused() async {
        let words = "`com` delegates nothing to zone `example.com.` (Z1), says its server 192.0.2.40:53"
        #expect(await verdict(delegatedTo: nil) == .fail(words + Self.advice))
        #expect(await verdict(delegatedTo: nil, givenServers: ["192.0.2.53"]) == .fail(words + Self.advice))
    }

    @Test func whereTheParentCannotBeAskedTheResolverIsAndItIsSaid() async {
        let unknown = "the zone above was not found: no name server is known of any zone above `example.com`"
        #expect(
            await verdict(delegatedTo: Self.own, by: .nobody)
                == .pass("A 192.0.2.1 (TTL 300); delegation as the resolver says it: \(unknown)")
        )
        #expect(
            await verdict(delegatedTo: Self.own, by: .silent)
                == .pass(
                    "A 192.0.2.1 (TTL 300); delegation as the resolver says it: no name server of `com` gave an answer"
                )
        )
        let found = await verdict(delegatedTo: ["ns1.elsewhere.net"], at: "198.51.100.1", by: .nobody)
        #expect(found == .fail(Self.elsewhere + Self.advice))
    }

    @Test func aZoneThatNobodyKnowsIsRefused() async {
        #expect(
            await verdict(delegatedTo: nil, by: .nobody)
                == .fail("the resolver knows no name server of zone `example.com.` (Z1)" + Self.advice)
        )
    }

    @Test(arguments: [true, false])
    func aForeignTwinIsRefusedToWhomGivesItsServersToo(isSeenFromAbove: Bool) async {
        let found = await verdict(
            delegatedTo: ["ns1.elsewhere.net"],
            at: "198.51.100.1",
            by: isSeenFromAbove ? .parent : .nobody,
            givenServers: ["192.0.2.53"],
            twins: Self.twins(otherIsPrivate: false)
        )
        #expect(found == .fail(Self.elsewhere + Self.advice))
    }

    @Test func insideAVPCThePrivateTwinIsWhatTheResolverTellsOf() async {
        let found = await verdict(
            delegatedTo: ["ns1.elsewhere.net"],
            at: "198.51.100.1",
            by: .silent,
            givenServers: ["192.0.2.53"],
            twins: Self.twins(otherIsPrivate: true)
        )
        #expect(
            found
                == .pass(
                    "A 192.0.2.1 (TTL 300); 1 other zones have the same name: Z2; \(Self.elsewhere), as the resolver says "
                        + "it: no name server of `com` gave an answer"
                )
        )
    }

    @Test func whoGivesServersOfAZoneThatNoResolverKnowsIsTold() async {
        let found = await verdict(delegatedTo: nil, by: .silent, givenServers: ["192.0.2.53"])
        #expect(
            found
                == .pass(
                    "A 192.0.2.1 (TTL 300); the resolver knows no name server of zone `example.com.` (Z1): no name server "
                        + "of `com` gave an answer"
                )
        )
    }

    @Test func aRecordThatAnotherProgramKeepsIsRefused() async {
        let writer = Script.values(["\"heritage=external-dns,external-dns/owner=k8s\""], type: "TXT")
        let found = await verdict(delegatedTo: Self.own, writer: writer)
        #expect(found == .fail("`grafana.example.com.` is kept by external-dns"))
    }
}
