import MigrateCore
import Network
import Synchronization
import Testing

@testable import Steps

/// What `route53.preflight` finds out about the new side: certificate, who may issue it, speed beside the old side.
@Suite struct Route53NewSideTests {
    private typealias Script = Route53Script

    /// A night on which something about the new side is wrong, or nothing is.
    private struct Night: Sendable {
        /// CAA records by name, where they are.
        var authorizations: [String: [String]] = [:]
        /// Certificate type as ACM has it, for a load balancer; nil for a target of addresses.
        var certificateType: String?
        /// Further parameters.
        var asking: [String: Value] = [:]
        /// Answer of a side, by the address that is connected to.
        var answer: @Sendable (String) throws -> HTTPResponse = { _ in HTTPResponse(status: 200) }
        /// Whether CAA above the zone can be asked.
        var isAboveKnown = true
    }

    private func verdict(_ night: Night) async -> Verdict {
        var world = World.staged(http: ScriptedHTTP(Self.script(night)), dns: Self.dns(night))
        world.http = AnsweringHTTP { try night.answer($0.connectTo?.host ?? "nowhere") }
        let to: Value = night.certificateType == nil ? ["address": "192.0.2.9"] : ["load_balancer": "alb"]
        let given: [String: Value] = ["to": to, "resolver": "192.0.2.2:53", "servers": ["192.0.2.53"]]
        let call = ProbeCall(
            kind: "route53.preflight",
            parameters: Script.parameters(given.merging(night.asking) { $1 })
        )
        return await LiveStepExecutor(world: world).probe(call, in: StepScope(step: StepID("shift/preflight")))
            .answer.verdict
    }

    private static func script(_ night: Night) -> [ScriptedHTTP.Exchange] {
        let (set, zone) = (Script.values(["192.0.2.1"]), Script.zone)
        let balancer = night.certificateType == nil ? [] : [Script.loadBalancer()]
        let twins = ScriptedHTTP.Exchange.ok(
            "GET \(Script.api)/hostedzonesbyname?dnsname=example.com.",
            "<ListHostedZonesByNameResponse><HostedZones/><IsTruncated>false</IsTruncated><MaxItems>100</MaxItems>"
                + "</ListHostedZonesByNameResponse>"
        )
        var script = [zone, zone, Script.list(set)] + balancer
        script += [Script.protections(), zone, Script.list(), twins, zone]
        script += [zone, Script.list(set), zone]
        guard let type = night.certificateType else { return script }
        let listeners = ScriptedHTTP.Exchange.ok(
            "POST \(Script.elb)",
            "<DescribeListenersResponse><DescribeListenersResult><Listeners><member><ListenerArn>arn:l</ListenerArn>"
                + "<Port>443</Port><Certificates><member><CertificateArn>arn:aws:acm:x:1:certificate/c</CertificateArn>"
                + "</member></Certificates></member></Listeners></DescribeListenersResult></DescribeListenersResponse>"
        )
        let certificate: Value = [
            "Certificate": [
                "CertificateArn": "arn:aws:acm:x:1:certificate/c", "DomainName": "*.example.com",
                "Type": .string(type), "Issuer": "Let's Encrypt",
            ]
        ]
        return script + [
            Script.loadBalancer(), listeners,
            .ok("POST https://acm.ap-northeast-2.amazonaws.com/", certificate.text),
        ]
    }

    private static func dns(_ night: Night) -> ScriptedDNS {
        var answers: [String: Result<DNSAnswer, DNSFailure>] = [
            "grafana.example.com a 192.0.2.53:53": .success(.addresses(["192.0.2.1"], ttl: 300)),
            "example.com ns 192.0.2.2:53": .success(.noData(negativeTTL: nil)),
            "com caa 192.0.2.2:53": night.isAboveKnown ? .success(.noName(negativeTTL: nil)) : .failure(.timedOut),
        ]
        for place in ["grafana.example.com", "example.com"] {
            let records = (night.authorizations[place] ?? []).map {
                DNSRecord(name: place, type: 257, ttl: 60, data: $0)
            }
            answers["\(place) caa 192.0.2.53:53"] = .success(
                records.isEmpty ? .noData(negativeTTL: nil) : .records(records, isAuthoritative: true)
            )
        }
        return ScriptedDNS(answers)
    }

    private static let passed = "A 192.0.2.1 (TTL 300)"

    @Test func aZoneThatRestrictsNobodyLetsAnyCertificateBe() async {
        #expect(await verdict(Night()) == .pass(Self.passed))
    }

    @Test func whatLiesAboveTheZoneAndCannotBeAskedIsSaid() async {
        let found = await verdict(Night(isAboveKnown: false))
        let remark = "CAA of `com` and above is not known: no answer from the name server in time"
        #expect(found == .pass("\(Self.passed); \(remark)"))
    }

    @Test(arguments: [
        (["0 issue \"amazon.com\""], "AMAZON_ISSUED"),
        (["0 issue \"a.b\"", "0 issue \"awstrust.com; a=b\""], "AMAZON_ISSUED"),
        (["0 iodef \"mailto:a@b\""], "AMAZON_ISSUED"), (["0 issue \";\""], "PRIVATE"),
        (["0 issue \";\"", "0 issuewild \"letsencrypt.org\""], "IMPORTED"),
    ])
    func anAuthorityThatMayIssuePasses(records: [String], type: String) async {
        let found = await verdict(Night(authorizations: ["example.com": records], certificateType: type))
        #expect(found.isPass, "\(found)")
    }

    @Test(arguments: [
        (["0 issue \"letsencrypt.org\""], "AMAZON_ISSUED"), (["0 issue \";\""], "AMAZON_ISSUED"),
        (["0 issue \"amazon.com\"", "0 issuewild \";\""], "AMAZON_ISSUED"), (["0 issue \"amazon.com\""], "IMPORTED"),
        (["128 newtag \"x\"", "0 issue \"amazon.com\""], "AMAZON_ISSUED"),
    ])
    func anAuthorityThatMayNotIsRefused(records: [String], type: String) async {
        let found = await verdict(Night(authorizations: ["example.com": records], certificateType: type))
        #expect(found.word == "fail", "\(found)")
    }

    @Test func theNearestRecordsCountAndTheRefusalSaysWhatToDo() async {
        let authorizations = [
            "grafana.example.com": ["0 issue \"digicert.com\""], "example.com": ["0 issue \"amazon.com\""],
        ]
        let found = await verdict(Night(authorizations: authorizations, certificateType: "AMAZON_ISSUED"))
        #expect(
            found
                == .fail(
                    "CAA of `grafana.example.com` lets digicert.com issue certificates, and that of the new side is by "
                        + "amazon.com or amazontrust.com or awstrust.com or amazonaws.com; add `0 issue \"amazon.com\"` "
                        + "to it: the certificate could not be renewed"
                )
        )
    }

    @Test func anAuthorityThatNobodyKnowsIsNotPassedOver() async {
        let authorizations = ["example.com": ["0 issue \"own.example\""]]
        #expect(await verdict(Night(authorizations: authorizations)).word == "error")
        let told = Night(authorizations: authorizations, asking: ["issuers": ["own.example"]])
        #expect(await verdict(told).isPass)
    }

    /// A side that takes `milliseconds` to answer, with a certificate that lasts `days` more days.
    private static func response(after milliseconds: Int, days: Int64 = 90, status: Int = 200) -> HTTPResponse {
        var response = HTTPResponse(status: status)
        response.timings.tls = .milliseconds(7)
        response.timings.firstByte = .milliseconds(7 + milliseconds)
        response.certificates = [
            Certificate(
                subject: "CN = grafana.example.com",
                issuer: "C = US, O = Let's Encrypt, CN = R11",
                alternativeNames: ["grafana.example.com"],
                expires: 1_768_262_400 + days * 86_400
            )
        ]
        return response
    }

    private func proved(
        _ asking: [String: Value] = [:],
        _ answer: @escaping @Sendable (String) throws -> HTTPResponse
    ) async -> Verdict {
        await verdict(Night(asking: ["prove": ["path": "/api/health"]].merging(asking) { $1 }, answer: answer))
    }

    @Test func bothMediansAreSaid() async {
        let found = await proved { Self.response(after: $0 == "192.0.2.9" ? 90 : 50) }
        #expect(found == .pass("\(Self.passed); new side 90ms, old side 50ms: medians of 20 requests"))
    }

    @Test func aNewSideThatIsTooSlowIsRefused() async {
        let slow: @Sendable (String) -> HTTPResponse = { Self.response(after: $0 == "192.0.2.9" ? 250 : 100) }
        #expect(
            await proved([:], slow)
                == .fail(
                    "the new side answers too slowly: new side 250ms, old side 100ms, medians of 20 requests; allowed "
                        + "200ms; find out why, or raise `latency_factor`"
                )
        )
        #expect(await proved(["latency_factor": 2.5], slow).isPass)
        #expect(await proved(["latency_slack": "150ms"], slow).isPass)
        #expect(await proved(["latency_requests": 0], slow).isPass)
    }

    @Test func aNewSideThatFailsNowAndThenIsRefusedAndASilentOldSideIsNoMeasure() async {
        let asked = Mutex(0)
        let broken = await proved { host in
            let count = asked.withLock { count in
                if host == "192.0.2.9" { count += 1 }
                return count
            }
            return Self.response(after: 5, status: host == "192.0.2.9" && count == 21 ? 404 : 200)
        }
        #expect(broken == .fail("the new side failed 1 of 20 requests: 404 in 0ms: "))
        let silent = await proved { host in
            guard host == "192.0.2.9" else { throw HTTPFailure(reason: .refused, message: "no", mayHaveSent: false) }
            return Self.response(after: 5)
        }
        #expect(silent.word == "error")
    }

    @Test(arguments: [404, 503])
    func aNewSideThatAnswersOtherwiseThanTheProofWantsIsRefused(status: Int) async {
        let found = await proved { Self.response(after: 5, status: $0 == "192.0.2.9" ? status : 200) }
        #expect(
            found
                == .fail(
                    "the new side does not answer under `grafana.example.com` as `prove` wants: 192.0.2.9: "
                        + "\(status) in 0ms: ; find out why before traffic goes there, or correct `prove`"
                )
        )
        let wanted: [String: Value] = ["prove": ["expect": .string(".status == \(status)")], "latency_requests": 0]
        #expect(await proved(wanted) { _ in Self.response(after: 5, status: status) }.isPass)
        #expect(await proved(wanted) { _ in Self.response(after: 5) }.word == "fail")
    }

    @Test func aCertificateThatEndsSoonOrIsMadeOutToOthersIsRefused() async {
        let short = await proved { _ in Self.response(after: 5, days: 20) }
        #expect(
            short
                == .fail(
                    "the certificate of the new side for `grafana.example.com` lasts 20 more days; wanted 21; renew it, or "
                        + "lower `days_left`"
                )
        )
        let other = await proved { _ in
            throw HTTPFailure(reason: .certificate, message: "no alternative name matches", mayHaveSent: false)
        }
        #expect(
            other
                == .fail(
                    "the certificate of the new side does not fit `grafana.example.com`: no alternative name matches; give "
                        + "its listener a certificate for `grafana.example.com`, or say in `ca_file` whom to trust"
                )
        )
    }
}
