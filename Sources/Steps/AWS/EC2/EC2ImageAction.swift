import AWSClient
import MigrateCore

/// Makes an image (AMI) of an instance as a backup, without rebooting it.
struct EC2ImageAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "ec2.image",
        role: .action,
        summary: "Backs an EC2 instance up as an AMI without rebooting it, and waits until the image is available",
        parameters: [
            .required("instance", .string, "Id of the instance"),
            .required("name", .string, "Name of the image, unique in the account and region"),
            .optional("description", .string, example: "Before the move to Fargate", "Words on it"),
            .optional("tags", .mapping, "Tags of the image and its snapshots"),
        ],
        effect: .reconcilable,
        rollback: .keep,
        undo: "that there was no image of the name; undoing deregisters the image and leaves its snapshots",
        reconciliation: "by the image's name, which is unique in the account and region",
        permissions: [
            Permission(["ec2:DescribeImages"], on: "*", mutates: false),
            Permission(["ec2:CreateImage", "ec2:CreateTags", "ec2:DeregisterImage"], on: "*", mutates: true),
        ],
        facts: ["image_id": "id of the image", "snapshots": "ids of its snapshots", "name": "its name"],
        source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: backup-mimir
              do: ec2.image
              with: {instance: "${mimir_instance}", name: mimir-before-fargate, tags: {Purpose: backup}}
              timeout: 1h
            """
    )

    private let instance: String
    private let name: String
    private let description: String?
    private let tags: [String: String]

    init(_ parameters: Parameters) throws {
        instance = try parameters.string("instance")
        name = try parameters.string("name")
        guard (3...128).contains(name.count) else { throw ParameterError("name", "must have 3 to 128 characters") }
        description = try parameters.stringIfGiven("description")
        tags = try parameters.textMapping("tags")
    }

    private func find(_ world: World) async throws -> EC2.Image? {
        let found = try await world.call("ec2:DescribeImages \(name)") {
            try await world.aws.ec2.allImages(
                .init(owners: ["self"], filters: [EC2.Filter(name: "name", values: [name])])
            )
        }
        return found.first { $0.name == name && $0.state != "deregistered" }
    }

    func observe(_ world: World) async throws -> Value {
        guard let found = try await find(world) else { return .null }
        if let source = found.sourceInstanceId, source != instance {
            throw Refusal(
                "an image `\(name)` exists and is of instance `\(source)`, not of `\(instance)`",
                hint: "give the image another name"
            )
        }
        return image(found)
    }

    private func image(_ found: EC2.Image) -> Value {
        var members: [String: Value] = [
            "name": .string(name), "instance": .string(instance), "image_id": .string(found.imageId),
            "snapshots": .array(found.blockDeviceMappings.compactMap { $0.ebs?.snapshotId }.map { .string($0) }),
        ]
        if found.state == "failed" { members["state"] = "failed" }
        return .object(members)
    }

    func wanted(over before: Value) throws -> Value {
        guard before["state"].isNull else {
            throw Refusal(
                "image `\(name)` (\(before["image_id"].interpolated)) exists and has failed",
                hint: "deregister it, or give the image another name"
            )
        }
        return before.isNull ? ["name": .string(name), "instance": .string(instance)] : before
    }

    func matches(_ observed: Value, _ expected: Value) -> Bool {
        guard !observed.isNull, !expected.isNull else { return observed == expected }
        let isSame = expected["image_id"].isNull || observed["image_id"] == expected["image_id"]
        return isSame && observed["name"] == expected["name"] && observed["state"] == expected["state"]
    }

    func facts(of image: Value) -> [String: Value] {
        ["image_id": image["image_id"], "snapshots": image["snapshots"], "name": .string(name)]
    }

    func summary(from: Value, to: Value) -> String {
        to.isNull
            ? "deregister image `\(name)`; its snapshots stay"
            : "make image `\(name)` of instance `\(instance)` without a reboot"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        if to.isNull {
            guard let id = from["image_id"].string else { throw Refusal("the record of image `\(name)` has no id") }
            try await world.remove(
                "ec2:DeregisterImage \(id)",
                absentBy: ["InvalidAMIID.NotFound", "InvalidAMIID.Unavailable"]
            ) {
                try await world.aws.ec2.deregisterImage(.init(imageId: id))
            }
            return .null
        }
        var labels = tags
        if labels["Name"] == nil { labels["Name"] = name }
        let list = labels.sorted { $0.key < $1.key }.map { EC2.Tag(key: $0.key, value: $0.value) }
        // Why no reboot, always: a backup must not take the old side down while it still serves.
        let input = EC2.CreateImageInput(
            instanceId: instance,
            name: name,
            noReboot: true,
            description: description,
            tagSpecifications: ["image", "snapshot"].map { EC2.TagSpecification(resourceType: $0, tags: list) }
        )
        let made = try await world.call("ec2:CreateImage \(name)") { try await world.aws.ec2.createImage(input) }
        return ["image_id": .string(made.imageId)]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        let found = try await find(world)
        guard !to.isNull else {
            return found.map { .pending("image \($0.imageId) is still listed") } ?? .settled(after: .null, facts: [:])
        }
        guard let found else { return .pending("image `\(name)` is not seen yet") }
        switch found.state {
        case "available": return .settled(after: image(found), facts: facts(of: image(found)))
        case "failed", "error", "invalid":
            let reason = found.stateReason?.message ?? "no reason given"
            return .failed(Problem("image \(found.imageId) of `\(instance)` failed: \(reason)"))
        case .some(let state): return .pending("image \(found.imageId) is \(state)")
        case nil: return .pending("image \(found.imageId) has no state yet")
        }
    }
}
