import MigrateCore

@testable import Steps

/// Route 53's answers for a zone `example.com` of id `Z1`.
enum Route53Script {
    static let api = "https://route53.amazonaws.com/2013-04-01"
    static let elb = "https://elasticloadbalancing.ap-northeast-2.amazonaws.com/"
    static let name = "grafana.example.com."

    /// Sets as XML.
    static func values(
        _ values: [String],
        of name: String = name,
        type: String = "A",
        ttl: Int = 300,
        _ routing: String = ""
    ) -> String {
        let records = values.map { "<ResourceRecord><Value>\($0)</Value></ResourceRecord>" }.joined()
        return "<ResourceRecordSet><Name>\(name)</Name><Type>\(type)</Type>\(routing)<TTL>\(ttl)</TTL>"
            + "<ResourceRecords>\(records)</ResourceRecords></ResourceRecordSet>"
    }

    static func alias(_ routing: String = "", evaluates: Bool = false) -> String {
        "<ResourceRecordSet><Name>\(name)</Name><Type>A</Type>\(routing)<AliasTarget><HostedZoneId>ZALB</HostedZoneId>"
            + "<DNSName>alb.elb.amazonaws.com.</DNSName><EvaluateTargetHealth>\(evaluates)</EvaluateTargetHealth>"
            + "</AliasTarget></ResourceRecordSet>"
    }

    static func member(_ side: String, _ weight: Int) -> String {
        "<SetIdentifier>migrate-\(side)</SetIdentifier><Weight>\(weight)</Weight>"
    }

    static let zone = zone(isPrivate: false)

    static func zone(isPrivate: Bool) -> ScriptedHTTP.Exchange {
        .ok(
            "GET \(api)/hostedzone/Z1",
            "<GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>example.com.</Name>"
                + "<Config><PrivateZone>\(isPrivate)</PrivateZone></Config></HostedZone></GetHostedZoneResponse>"
        )
    }

    static func list(of name: String = name, _ sets: String...) -> ScriptedHTTP.Exchange {
        .ok(
            "GET \(api)/hostedzone/Z1/rrset?name=\(name)",
            "<ListResourceRecordSetsResponse><ResourceRecordSets>\(sets.joined())</ResourceRecordSets>"
                + "<IsTruncated>false</IsTruncated><MaxItems>300</MaxItems></ListResourceRecordSetsResponse>"
        )
    }

    /// Protections of the name, each a type and a comment.
    static func protections(_ found: (type: String, comment: String)...) -> ScriptedHTTP.Exchange {
        let rows = found.map {
            "<ResourceRecordSetProtection><RecordName>\(name)</RecordName><RecordType>\($0.type)</RecordType>"
                + "<Comment>\($0.comment)</Comment></ResourceRecordSetProtection>"
        }
        return .ok(
            "GET \(api)/hostedzone/Z1/rrsetprotection?name=\(name)",
            "<ListResourceRecordSetProtectionsResponse><ResourceRecordSetProtections>\(rows.joined())"
                + "</ResourceRecordSetProtections></ListResourceRecordSetProtectionsResponse>"
        )
    }

    static func changed(_ status: String = "PENDING") -> ScriptedHTTP.Exchange {
        .ok(
            "POST \(api)/hostedzone/Z1/rrset/",
            "<ChangeResourceRecordSetsResponse><ChangeInfo><Id>/change/C1</Id><Status>\(status)</Status>"
                + "<SubmittedAt>2026-01-13T00:00:00Z</SubmittedAt></ChangeInfo></ChangeResourceRecordSetsResponse>"
        )
    }

    static func change(_ status: String) -> ScriptedHTTP.Exchange {
        .ok(
            "GET \(api)/change/C1",
            "<GetChangeResponse><ChangeInfo><Id>/change/C1</Id><Status>\(status)</Status>"
                + "<SubmittedAt>2026-01-13T00:00:00Z</SubmittedAt></ChangeInfo></GetChangeResponse>"
        )
    }

    static func loadBalancer(dual: Bool = false) -> ScriptedHTTP.Exchange {
        .ok(
            "POST \(elb)",
            "<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers><member>"
                + "<LoadBalancerArn>arn:alb</LoadBalancerArn><DNSName>alb.elb.amazonaws.com</DNSName>"
                + "<CanonicalHostedZoneId>ZALB</CanonicalHostedZoneId>"
                + "<IpAddressType>\(dual ? "dualstack" : "ipv4")</IpAddressType></member></LoadBalancers>"
                + "</DescribeLoadBalancersResult></DescribeLoadBalancersResponse>"
        )
    }

    /// What the action `kind` would do, as it finds the world by `script`.
    static func prepare(
        _ kind: String,
        _ parameters: [String: Value],
        _ script: [ScriptedHTTP.Exchange]
    ) async -> Preparation {
        let executor = LiveStepExecutor(world: .staged(http: ScriptedHTTP(script)))
        let call = ActionCall(kind: kind, parameters: Self.parameters(parameters), effect: .reconcilable)
        return await executor.prepare(call, in: StepScope(step: StepID("shift/w10"), token: "t")).answer
    }

    /// Parameters of the Route 53 kinds.
    static func parameters(_ more: [String: Value] = [:]) -> Value {
        .object(["zone": "Z1", "name": "grafana.example.com"].merging(more) { $1 })
    }
}
