import MigrateCore
import Testing

@testable import Steps

@Suite struct ElasticLoadBalancingTests {
    static let arn = "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/lgtm/1"

    static func balancer(_ state: String = "active") -> ScriptedAWS.Call {
        .query(
            "DescribeLoadBalancers",
            ["Names.member.1": "lgtm"],
            returns: """
                <LoadBalancers><member><LoadBalancerArn>\(arn)</LoadBalancerArn>\
                <DNSName>lgtm-1.eu-west-1.elb.amazonaws.com</DNSName>\
                <CanonicalHostedZoneId>Z32</CanonicalHostedZoneId><Scheme>internal</Scheme><Type>application</Type>\
                <State><Code>\(state)</Code></State><AvailabilityZones><member><ZoneName>eu-west-1a</ZoneName></member>\
                </AvailabilityZones></member></LoadBalancers>
                """
        )
    }

    @Test func aLoadBalancerGivesWhatAnAliasNeeds() async throws {
        let found = try await asking(LoadBalancerProbe.self, ["name": "lgtm"], [Self.balancer()])
        #expect(found.verdict.isPass)
        #expect(found.facts["zone_id"] == "Z32")
        #expect(found.facts["dns_name"] == "lgtm-1.eu-west-1.elb.amazonaws.com")
        let parameters: Value = ["name": "lgtm", "scheme": "internet-facing", "min_zones": 2]
        let wrong = try await asking(LoadBalancerProbe.self, parameters, [Self.balancer("provisioning")])
        #expect(
            wrong.verdict
                == .fail(
                    "load balancer `lgtm`: it is provisioning; it is internal, not internet-facing; 1 zones, wanted 2"
                )
        )
    }

    @Test func targetsThatAreNotHealthySayWhy() async throws {
        let group = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/g/1"
        let found = try await asking(
            TargetsProbe.self,
            ["target_group": "g"],
            [
                .query(
                    "DescribeTargetGroups",
                    ["Names.member.1": "g"],
                    returns: """
                        <TargetGroups><member><TargetGroupArn>\(group)</TargetGroupArn>\
                        <HealthCheckPort>3000</HealthCheckPort><HealthCheckPath>/api/health</HealthCheckPath>\
                        </member></TargetGroups>
                        """
                ),
                .query(
                    "DescribeTargetHealth",
                    ["TargetGroupArn": .string(group)],
                    returns: """
                        <TargetHealthDescriptions><member><Target><Id>10.0.0.9</Id><Port>3000</Port></Target>\
                        <TargetHealth><State>unhealthy</State><Description>Health checks failed with these codes: [502]\
                        </Description></TargetHealth></member></TargetHealthDescriptions>
                        """
                ),
            ]
        )
        #expect(
            found.verdict
                == .fail(
                    "0 of 1 targets of `g` are healthy, wanted 1: 10.0.0.9 unhealthy (Health checks failed with these"
                        + " codes: [502]) (checked at port 3000, path /api/health)"
                )
        )
    }

    static func attributes(_ seconds: String) -> ScriptedAWS.Call {
        .query(
            "DescribeLoadBalancerAttributes",
            ["LoadBalancerArn": .string(arn)],
            returns: """
                <Attributes><member><Key>client_keep_alive.seconds</Key><Value>\(seconds)</Value></member>\
                <member><Key>idle_timeout.timeout_seconds</Key><Value>60</Value></member></Attributes>
                """
        )
    }

    static func modify(_ seconds: String) -> ScriptedAWS.Call {
        .query(
            "ModifyLoadBalancerAttributes",
            [
                "LoadBalancerArn": .string(arn), "Attributes.member.1.Key": "client_keep_alive.seconds",
                "Attributes.member.1.Value": .string(seconds),
            ]
        )
    }

    @Test func anAttributeIsSetAndPutBack() async throws {
        let look = { [Self.balancer(), Self.attributes($0)] }
        let aws = ScriptedAWS(
            look("3600") + [Self.modify("60")] + look("60") + look("60") + [Self.modify("3600")] + look("3600")
        )
        let trial = Trial<LoadBalancerAttributesAction>(
            ["load_balancer": "lgtm", "attributes": ["client_keep_alive.seconds": 60]],
            aws
        )
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func anAttributeThatDoesNotExistIsRefused() async throws {
        let aws = ScriptedAWS([Self.balancer(), Self.attributes("60")])
        let parameters: Value = ["load_balancer": "lgtm", "attributes": ["client_keepalive": 60]]
        await #expect(throws: Refusal.self) {
            try await Trial<LoadBalancerAttributesAction>(parameters, aws).prepare()
        }
    }
}
