import MigrateCore
import Network
import Testing

@testable import Steps

@Suite struct Route53PreflightTests {
    private typealias Script = Route53Script

    /// The zone, with the name servers that Route 53 gave it.
    private static func zone(isPrivate: Bool = false) -> ScriptedHTTP.Exchange {
        .ok(
            "GET \(Script.api)/hostedzone/Z1",
            "<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name>"
                + "<Config><PrivateZone>\(isPrivate)</PrivateZone></Config></HostedZone><DelegationSet><NameServers>"
                + "<NameServer>ns-2.awsdns-1.org</NameServer><NameServer>ns-1.awsdns-1.com</NameServer>"
                + "</NameServers></DelegationSet></GetHostedZoneResponse>"
        )
    }

    private static let texts: ScriptedHTTP.Exchange = Script.list()

    private static let twins: ScriptedHTTP.Exchange = .ok(
        "GET \(Script.api)/hostedzonesbyname?dnsname=example.com.",
        "<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name>"
            + "<Config><PrivateZone>false</PrivateZone></Config></HostedZone></HostedZones>"
            + "<IsTruncated>false</IsTruncated><MaxItems>100</MaxItems></ListHostedZonesByNameResponse>"
    )

    private func verdict(
        delegatedTo names: [String]?,
        isPrivate: Bool = false,
        writer: String = ""
    ) async -> Verdict {
        let set = Script.values(["192.0.2.1"])
        let http = ScriptedHTTP([
            Self.zone(isPrivate: isPrivate), Self.zone(isPrivate: isPrivate), Script.list(set),
            Self.zone(isPrivate: isPrivate), Script.list(writer), Self.zone(isPrivate: isPrivate), Self.twins,
            Self.zone(isPrivate: isPrivate), Script.list(set), Self.zone(isPrivate: isPrivate),
        ])
        var answers: [String: Result<DNSAnswer, DNSFailure>] = [
            "grafana.example.com a 192.0.2.53:53": .success(.addresses(["192.0.2.1"], ttl: 300))
        ]
        answers["example.com ns 192.0.2.2:53"] =
            names.map { names in
                .success(
                    .records(
                        names.map { DNSRecord(name: "example.com", type: 2, ttl: 60, data: $0) },
                        isAuthoritative: false
                    )
                )
            } ?? .success(.noName(negativeTTL: nil))
        let world = World.staged(http: http, dns: ScriptedDNS(answers))
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters([
                "to": ["address": "192.0.2.9"], "servers": ["192.0.2.53"], "resolver": "192.0.2.2:53",
            ])
        )
        return await LiveStepExecutor(world: world).probe(call, in: StepScope(step: StepID("shift/preflight")))
            .answer.verdict
    }

    @Test func aZoneThatClientsAskPasses() async {
        #expect(await verdict(delegatedTo: ["ns-1.awsdns-1.com.", "ns-2.awsdns-1.org."]).isPass)
    }

    @Test func aZoneThatClientsDoNotAskIsRefused() async {
        let found = await verdict(delegatedTo: ["ns1.elsewhere.net."])
        #expect(
            found
                == .fail(
                    "zone `example.com.` (Z1) answers at ns-1.awsdns-1.com., ns-2.awsdns-1.org., and clients are sent to "
                        + "ns1.elsewhere.net."
                )
        )
    }

    @Test func aZoneThatNothingDelegatesToIsRefused() async {
        let found = await verdict(delegatedTo: nil)
        #expect(found == .fail("nothing delegates to zone `example.com.` (Z1), so that nobody asks it"))
    }

    @Test func aRecordThatAnotherProgramKeepsIsRefused() async {
        let writer = Script.values(["\"heritage=external-dns,external-dns/owner=k8s\""], type: "TXT")
        let found = await verdict(delegatedTo: ["ns-1.awsdns-1.com.", "ns-2.awsdns-1.org."], writer: writer)
        #expect(found == .fail("`grafana.example.com.` is kept by external-dns"))
    }
}
