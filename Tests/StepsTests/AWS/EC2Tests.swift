import MigrateCore
import Testing

@testable import Steps

@Suite struct EC2Tests {
    static func image(_ state: String, source: String = "i-1") -> ScriptedAWS.Call {
        images(
            """
            <item><imageId>ami-1</imageId><name>before</name><imageState>\(state)</imageState>\
            <sourceInstanceId>\(source)</sourceInstanceId><stateReason><message>no space</message></stateReason>\
            <blockDeviceMapping><item><deviceName>/dev/sda1</deviceName><ebs><snapshotId>snap-1</snapshotId></ebs>\
            </item></blockDeviceMapping></item>
            """
        )
    }

    static func images(_ items: String) -> ScriptedAWS.Call {
        .ec2(
            "DescribeImages",
            ["Owner.1": "self", "Filter.1.Name": "name", "Filter.1.Value.1": "before"],
            returns: "<imagesSet>\(items)</imagesSet>"
        )
    }

    static let parameters: Value = ["instance": "i-1", "name": "before"]

    @Test func anImageIsMadeWithoutARebootAndDeregistered() async throws {
        let aws = ScriptedAWS([
            Self.images(""),
            .ec2(
                "CreateImage",
                [
                    "InstanceId": "i-1", "Name": "before", "NoReboot": "true",
                    "TagSpecification.1.ResourceType": "image", "TagSpecification.1.Tag.1.Key": "Name",
                    "TagSpecification.1.Tag.1.Value": "before", "TagSpecification.2.ResourceType": "snapshot",
                    "TagSpecification.2.Tag.1.Key": "Name", "TagSpecification.2.Tag.1.Value": "before",
                ],
                returns: "<imageId>ami-1</imageId>"
            ),
            Self.image("available"), Self.image("available"),
            .ec2("DeregisterImage", ["ImageId": "ami-1"], returns: "<return>true</return>"), Self.images(""),
        ])
        let trial = Trial<EC2ImageAction>(Self.parameters, aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(after["snapshots"] == ["snap-1"])
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func anImageSettlesOnlyWhenAvailable() async throws {
        func state(_ name: String) async throws -> String {
            try await Trial<EC2ImageAction>(Self.parameters, ScriptedAWS([Self.image(name)]))
                .settlement(of: Self.parameters).text
        }
        #expect(try await state("pending") == "pending image ami-1 is pending")
        #expect(try await state("available") == "settled")
        #expect(try await state("failed") == "failed image ami-1 of `i-1` failed: no space")
    }

    @Test func anImageOfAnotherInstanceIsRefused() async throws {
        let aws = ScriptedAWS([Self.image("available", source: "i-2")])
        await #expect(throws: Refusal.self) { try await Trial<EC2ImageAction>(Self.parameters, aws).prepare() }
    }

    static func instance(_ state: String, address: String? = nil) -> ScriptedAWS.Call {
        .ec2(
            "DescribeInstances",
            ["Filter.1.Name": "instance-id", "Filter.1.Value.1": "i-1"],
            returns: """
                <reservationSet><item><instancesSet><item><instanceId>i-1</instanceId>\
                <instanceState><code>16</code><name>\(state)</name></instanceState>\
                <privateIpAddress>10.0.0.5</privateIpAddress>\(address.map { "<ipAddress>\($0)</ipAddress>" } ?? "")\
                </item></instancesSet></item></reservationSet>
                """
        )
    }

    static func addresses(_ address: String? = nil) -> ScriptedAWS.Call {
        let item = address.map { "<item><publicIp>\($0)</publicIp></item>" } ?? ""
        return .ec2("DescribeAddresses", [:], returns: "<addressesSet>\(item)</addressesSet>")
    }

    @Test func anInstanceIsStoppedAndStarted() async throws {
        let aws = ScriptedAWS([
            Self.instance("running"), .ec2("StopInstances", ["InstanceId.1": "i-1"]), Self.instance("stopped"),
            Self.instance("stopped"), .ec2("StartInstances", ["InstanceId.1": "i-1"]), Self.instance("running"),
        ])
        let trial = Trial<EC2StopAction>(["instance": "i-1", "protects": []], aws)
        let images = try #require(try await trial.prepare())
        let after = try await trial.make(images)
        #expect(try await trial.undo(images, after: after))
        #expect(aws.isOver)
    }

    @Test func anInstanceWhoseNamedAddressWouldBeLostIsNotStopped() async throws {
        let parameters: Value = ["instance": "i-1", "protects": ["198.51.100.7"]]
        let lost = ScriptedAWS([Self.instance("running", address: "198.51.100.7"), Self.addresses()])
        await #expect(throws: Refusal.self) { try await Trial<EC2StopAction>(parameters, lost).prepare() }
        let elastic = ScriptedAWS([
            Self.instance("running", address: "198.51.100.7"), Self.addresses("198.51.100.7"),
        ])
        #expect(try await Trial<EC2StopAction>(parameters, elastic).prepare() != nil)
    }

    @Test func instancesAreJudgedByStateAndAddress() async throws {
        let script = [Self.instance("running", address: "198.51.100.7"), Self.addresses()]
        let found = try await asking(EC2InstancesProbe.self, ["ids": ["i-1"], "elastic": true], script)
        #expect(
            found.verdict
                == .fail("i-1 has 198.51.100.7, which is not elastic and is lost when it stops")
        )
        let stopped = try await asking(
            EC2InstancesProbe.self,
            ["ids": ["i-1"], "state": "stopped"],
            [Self.instance("running")]
        )
        #expect(stopped.verdict == .fail("i-1 is running"))
    }

    static func network(port: String = "<fromPort>8080</fromPort><toPort>8080</toPort>") -> [ScriptedAWS.Call] {
        [
            .ec2("DescribeVpcs", returns: "<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>"),
            .ec2(
                "DescribeSubnets",
                returns: """
                    <subnetSet><item><subnetId>subnet-a</subnetId><vpcId>vpc-1</vpcId>\
                    <availabilityZone>eu-west-1a</availabilityZone>\
                    <availableIpAddressCount>20</availableIpAddressCount></item></subnetSet>
                    """
            ),
            .ec2(
                "DescribeSecurityGroups",
                returns: """
                    <securityGroupInfo><item><groupId>sg-1</groupId><vpcId>vpc-1</vpcId><ipPermissions><item>\
                    <ipProtocol>tcp</ipProtocol>\(port)<groups><item><groupId>sg-alb</groupId></item></groups>\
                    </item></ipPermissions></item></securityGroupInfo>
                    """
            ),
        ]
    }

    @Test func theNetworkIsJudgedByAllThatTasksNeed() async throws {
        func verdict(_ more: [String: Value]) async throws -> Verdict {
            let base: [String: Value] = ["vpc": "vpc-1", "security_groups": ["sg-1"]]
            return try await asking(EC2NetworkProbe.self, .object(base.merging(more) { $1 }), Self.network()).verdict
        }
        #expect(try await verdict([:]).isPass)
        #expect(try await verdict(["min_zones": 2]) == .fail("1 zones, wanted 2"))
        #expect(
            try await verdict(["min_free_addresses": 21]) == .fail("subnet-a has 20 free addresses, wanted 21")
        )
        // Two tasks of which a roll-out brings one more, and one that it brings twice.
        let services: Value = [["name": "a", "tasks": 2, "ceiling": 150], ["name": "b", "tasks": 1, "port": 80]]
        #expect(try await verdict(["services": services, "min_free_addresses": 15]).isPass)
        #expect(
            try await verdict(["services": services, "min_free_addresses": 16])
                == .fail("subnet-a has 20 free addresses, wanted 21")
        )
        #expect(try await verdict(["ingress": [["port": 8080, "from": "sg-alb"]]]).isPass)
        #expect(
            try await verdict(["ingress": [["port": 7946]]]) == .fail("no security group lets tcp port 7946 in")
        )
        #expect(try await verdict(["subnets": ["subnet-z"]]).word == "fail")
    }
}
