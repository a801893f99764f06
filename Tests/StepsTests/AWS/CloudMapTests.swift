import MigrateCore
import Testing

@testable import Steps

@Suite struct CloudMapTests {
    static let spaces = ScriptedAWS.Call.json(
        "ListNamespaces",
        [:],
        returns: [
            "Namespaces": [
                [
                    "Id": "ns-1", "Arn": "arn:ns-1", "Name": "lgtm.local", "Type": "DNS_PRIVATE",
                    "Properties": ["DnsProperties": ["HostedZoneId": "Z1"]],
                ]
            ]
        ]
    )

    static func services(_ found: Value...) -> ScriptedAWS.Call {
        .json(
            "ListServices",
            ["Filters": [["Name": "NAMESPACE_ID", "Values": ["ns-1"], "Condition": "EQ"]]],
            returns: ["Services": .array(found)]
        )
    }

    static let mimir: Value = [
        "Id": "srv-1", "Arn": "arn:srv-1", "Name": "mimir",
        "DnsConfig": ["RoutingPolicy": "MULTIVALUE", "DnsRecords": [["Type": "A", "TTL": 60]]],
    ]

    @Test func aServiceIsMadeWithTheTokenAndDeleted() async throws {
        let aws = ScriptedAWS([
            Self.spaces, Self.services(), Self.spaces,
            .json(
                "CreateService",
                [
                    "Name": "mimir", "NamespaceId": "ns-1", "CreatorRequestId": "0123456789abcdef0123456789abcdef",
                    "DnsConfig": ["RoutingPolicy": "MULTIVALUE", "DnsRecords": [["Type": "A", "TTL": 60]]],
                    "HealthCheckCustomConfig": ["FailureThreshold": 1],
                ],
                returns: ["Service": Self.mimir]
            ),
            Self.spaces, Self.services(Self.mimir), Self.spaces, Self.services(Self.mimir),
            .json("DeleteService", ["Id": "srv-1"]), Self.spaces, Self.services(),
        ])
        let trial = Trial<CloudMapServiceAction>(["namespace": "lgtm.local", "name": "mimir"], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func aServiceThatDiffersIsRefused() async throws {
        let aws = ScriptedAWS([Self.spaces, Self.services(Self.mimir)])
        let parameters: Value = ["namespace": "lgtm.local", "name": "mimir", "ttl": "10s"]
        await #expect(throws: Refusal.self) { try await Trial<CloudMapServiceAction>(parameters, aws).prepare() }
    }

    @Test func instancesAreCountedRegisteredOrHealthy() async throws {
        let looks = [
            Self.spaces, Self.services(Self.mimir),
            ScriptedAWS.Call.json(
                "ListInstances",
                ["ServiceId": "srv-1"],
                returns: [
                    "Instances": [
                        ["Id": "a", "Attributes": ["AWS_INSTANCE_IPV4": "10.0.0.1"]],
                        ["Id": "b", "Attributes": ["AWS_INSTANCE_IPV4": "10.0.0.2"]],
                    ]
                ]
            ),
        ]
        let parameters: Value = ["namespace": "lgtm.local", "name": "mimir", "at_least": 2]
        let registered = try await asking(CloudMapServiceProbe.self, parameters, looks)
        #expect(registered.verdict.isPass && registered.facts["addresses"] == ["10.0.0.1", "10.0.0.2"])
        let health = ScriptedAWS.Call.json(
            "GetInstancesHealthStatus",
            ["ServiceId": "srv-1"],
            returns: ["Status": ["a": "HEALTHY", "b": "UNHEALTHY"]]
        )
        let healthy = Value.object((parameters.object ?? [:]).merging(["healthy": true]) { $1 })
        #expect(try await asking(CloudMapServiceProbe.self, healthy, looks + [health]).verdict.word == "fail")
    }

    @Test func aNamespaceAnswersInItsVPC() async throws {
        let zone = ScriptedAWS.Call.rest(
            "GET /2013-04-01/hostedzone/Z1",
            returns: """
                <GetHostedZoneResponse><HostedZone><Id>/hostedzone/Z1</Id><Name>lgtm.local.</Name>\
                <CallerReference>x</CallerReference></HostedZone><VPCs><VPC><VPCId>vpc-1</VPCId></VPC></VPCs>\
                </GetHostedZoneResponse>
                """
        )
        let right: Value = ["name": "lgtm.local", "vpc": "vpc-1"]
        #expect(try await asking(CloudMapNamespaceProbe.self, right, [Self.spaces, zone]).verdict.isPass)
        let wrong: Value = ["name": "lgtm.local", "vpc": "vpc-2"]
        #expect(
            try await asking(CloudMapNamespaceProbe.self, wrong, [Self.spaces, zone]).verdict
                == .fail("namespace `lgtm.local` answers in vpc-1, not in vpc-2")
        )
    }
}
