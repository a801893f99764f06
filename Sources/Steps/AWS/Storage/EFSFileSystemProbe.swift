import AWSClient
import MigrateCore

/// Whether a file system is there and can be mounted.
struct EFSFileSystemProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "efs.file_system",
        role: .probe,
        summary: "An EFS file system is available, encrypted if wanted, with mount targets in its subnets",
        parameters: [
            .required("file_system", .string, "Id of the file system"),
            .optional("encrypted", .boolean, default: true, "Whether it must be encrypted"),
            .optional("subnets", .list(.string), "Subnets that must have an available mount target"),
            .optional(
                "at_least",
                .integer,
                default: 1,
                unit: "mount targets",
                "Fewest available mount targets"
            ),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [
            Permission(
                ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets"],
                on: "arn:aws:elasticfilesystem:*:*:file-system/${file_system}",
                mutates: false
            )
        ],
        facts: ["arn": "ARN of the file system", "mount_targets": "address by subnet"],
        source: "https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: prometheus-disk
              probe: efs.file_system
              with: {file_system: fs-0a1b2c3d, subnets: [subnet-0a, subnet-0b]}
            """
    )

    private let id: String
    private let isEncrypted: Bool
    private let subnets: [String]
    private let atLeast: Int

    init(_ parameters: Parameters) throws {
        id = try parameters.string("file_system")
        isEncrypted = try parameters.boolean("encrypted")
        subnets = try parameters.strings("subnets")
        atLeast = try parameters.integer("at_least", in: 0...1000)
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await world.look(
            "elasticfilesystem:DescribeFileSystems \(id)",
            absentBy: ["FileSystemNotFound"]
        ) {
            try await world.aws.efs.describeFileSystems(.init(fileSystemId: id))
        }
        guard let system = found?.fileSystems?.first else { return Observation(.fail("no file system `\(id)`")) }
        let targets =
            try await world.call("elasticfilesystem:DescribeMountTargets \(id)") {
                try await world.aws.efs.describeMountTargets(.init(fileSystemId: id))
            }.mountTargets ?? []
        let ready = targets.filter { $0.lifeCycleState == "available" }
        let addresses = ready.map { ($0.subnetId ?? $0.mountTargetId, Value.string($0.ipAddress ?? "")) }
        let facts: [String: Value] = [
            "arn": system.fileSystemArn.map { .string($0) } ?? .null,
            "mount_targets": .object(Dictionary(addresses, uniquingKeysWith: { $1 })),
        ]
        var faults: [String] = []
        if system.lifeCycleState != "available" { faults.append("it is \(system.lifeCycleState)") }
        if isEncrypted, system.encrypted != true { faults.append("it is not encrypted") }
        let bare = subnets.filter { subnet in !ready.contains { $0.subnetId == subnet } }
        if !bare.isEmpty { faults.append("no available mount target in \(bare.joined(separator: ", "))") }
        if ready.count < atLeast { faults.append("\(ready.count) available mount targets, wanted \(atLeast)") }
        let seen = "file system `\(id)`, \(ready.count) mount targets"
        return Observation(
            faults.isEmpty ? .pass(seen) : .fail("`\(id)`: " + faults.joined(separator: ", ")),
            facts: facts
        )
    }
}
