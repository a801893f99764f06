import AWSClient
import MigrateCore

/// Stops an instance; never terminates it.
struct EC2StopAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ec2.stop",
        role: .action,
        summary: "Stops an EC2 instance, unless that would lose an address that something still names",
        parameters: [
            .required("instance", .string, "Id of the instance"),
            .required(
                "protects",
                .list(.string),
                "Addresses that records or ways back name; the step is refused when stopping would lose one of them"
            ),
        ],
        effect: .convergent,
        rollback: .captured,
        undo: "that the instance ran; undoing starts it again, with another address unless it has an elastic one",
        permissions: [
            Permission(["ec2:DescribeInstances", "ec2:DescribeAddresses"], on: "*", mutates: false),
            Permission(
                ["ec2:StopInstances", "ec2:StartInstances"],
                on: "arn:aws:ec2:*:*:instance/${instance}",
                mutates: true
            ),
        ],
        facts: ["state": "state of the instance"],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: stop-old-mimir
              do: ec2.stop
              with: {instance: "${mimir_instance}", protects: ["${old_address}"]}
            """
    )

    private let instance: String
    private let protects: [String]

    init(_ parameters: Parameters) throws {
        instance = try parameters.string("instance")
        protects = try parameters.strings("protects")
    }

    private func find(_ world: World) async throws -> EC2InstanceState {
        let found = try await EC2InstanceState.matching(
            [EC2.Filter(name: "instance-id", values: [instance])],
            world
        )
        guard let first = found.first else { throw Refusal("no instance `\(instance)`") }
        return first
    }

    func observe(_ world: World) async throws -> Value {
        let found = try await find(world)
        var members: [String: Value] = ["instance": .string(instance), "state": .string(found.state)]
        if let address = found.publicAddress, !found.isElastic { members["loses_address"] = .string(address) }
        return .object(members)
    }

    func wanted(over before: Value) throws -> Value {
        if let address = before["loses_address"].string, protects.contains(address) {
            throw Refusal(
                "stopping `\(instance)` would lose its address \(address), which is not elastic and is still named",
                hint: "give the instance an Elastic IP, or move what names \(address) first"
            )
        }
        guard ["running", "stopped", "stopping"].contains(before["state"].string ?? "") else {
            throw Refusal("instance `\(instance)` is \(before["state"].interpolated), neither running nor stopped")
        }
        return ["instance": .string(instance), "state": "stopped"]
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["state"] == expected["state"] }

    func facts(of image: Value) -> [String: Value] { ["state": image["state"]] }

    func summary(from: Value, to: Value) -> String {
        guard to["state"] == "stopped" else { return "start instance `\(instance)`" }
        let loss = from["loses_address"].string.map { "; its address \($0) is lost" } ?? ""
        return "stop instance `\(instance)`\(loss)"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to["state"] == "stopped" {
            _ = try await world.call("ec2:StopInstances \(instance)") {
                try await world.aws.ec2.stopInstances(.init(instanceIds: [instance]))
            }
        } else {
            _ = try await world.call("ec2:StartInstances \(instance)") {
                try await world.aws.ec2.startInstances(.init(instanceIds: [instance]))
            }
        }
        return .null
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await find(world)
        guard to["state"] == .string(found.state) else { return .pending("instance is \(found.state)") }
        return .settled(
            after: ["instance": .string(instance), "state": .string(found.state)],
            facts: ["state": .string(found.state)]
        )
    }
}
