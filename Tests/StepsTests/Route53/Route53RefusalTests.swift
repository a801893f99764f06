import MigrateCore
import Testing

@testable import Steps

@Suite struct Route53RefusalTests {
    private typealias Script = Route53Script
    private let toBalancer: [String: Value] = ["to": ["load_balancer": "alb"]]

    @Test(arguments: [
        (
            Route53Script.values(
                ["192.0.2.1"],
                "<SetIdentifier>x</SetIdentifier><MultiValueAnswer>true</MultiValueAnswer>"
            ),
            "record set `grafana.example.com.` A is one of several values (multi-value answer) and is not flattened"
        ),
        (
            Route53Script.values(["192.0.2.1"], "<SetIdentifier>x</SetIdentifier><Region>eu-west-1</Region>"),
            "record set `grafana.example.com.` A is routed by latency, which weights cannot stand beside"
        ),
        (
            Route53Script.values(["192.0.2.1"], "<SetIdentifier>x</SetIdentifier><Failover>PRIMARY</Failover>"),
            "record set `grafana.example.com.` A is routed by failover, which weights cannot stand beside"
        ),
        (
            Route53Script.values(["192.0.2.1"], "<HealthCheckId>h1</HealthCheckId>"),
            "record set `grafana.example.com.` A has health check `h1`, which would override the weights"
        ),
        (
            Route53Script.values(["192.0.2.1"], "<SetIdentifier>blue</SetIdentifier><Weight>1</Weight>"),
            "`grafana.example.com.` A is already weighted by somebody else"
        ),
        (
            Route53Script.values(["old.example.net"], type: "CNAME"),
            "`grafana.example.com.` is a CNAME, which cannot be weighted against an alias or an address"
        ),
        (
            Route53Script.values(["2001:db8::1"], type: "AAAA"),
            "`grafana.example.com.` has AAAA records and the new side has none"
        ),
        ("", "there is no record `grafana.example.com.`"),
    ]) func whatCannotBeWeightedIsRefused(set: String, reason: String) async {
        let preparation = await Script.prepare(
            "route53.weights",
            toBalancer.merging(["weight": 10]) { $1 },
            [Script.loadBalancer(), Script.zone, Script.list(set)]
        )
        guard case .refused(let problem) = preparation else {
            Issue.record("let through: \(preparation)")
            return
        }
        #expect(problem.message == reason)
    }

    @Test func aNameOutsideTheZoneIsRefused() async {
        let preparation = await Script.prepare(
            "route53.ttl",
            ["name": "grafana.example.org"],
            [Script.zone]
        )
        #expect(
            preparation
                == .refused(
                    Problem(
                        "`grafana.example.org.` lies outside the zone `example.com.`",
                        hint: "check `zone` and `name`"
                    )
                )
        )
    }
}
