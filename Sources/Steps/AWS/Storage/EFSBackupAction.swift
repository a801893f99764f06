import AWSClient
import MigrateCore

/// Backs a file system up by AWS Backup.
struct EFSBackupAction: ActionKind {
    static let declaration = KindDeclaration(
        name: "efs.backup",
        role: .action,
        summary: "Backs an EFS file system up by AWS Backup, and waits until the backup is complete",
        parameters: [
            .required("file_system", .string, "ARN of the file system"),
            .required("vault", .string, "Backup vault"),
            .required("role", .string, "ARN of the role that AWS Backup takes"),
            .optional("keep", .duration, "How long the backup is kept; for ever when left out"),
            .optional("tags", .mapping, example: ["Purpose": "migration"], "Tags of the backup"),
        ],
        effect: .token,
        rollback: .keep,
        undo: "nothing is undone: a backup is evidence, and AWS Backup deletes it when its time is over",
        permissions: [
            Permission(["backup:DescribeBackupJob"], on: "*", mutates: false),
            Permission(["backup:StartBackupJob"], on: "arn:aws:backup:*:*:backup-vault:${vault}", mutates: true),
            Permission(["iam:PassRole"], on: "${role}", mutates: true, passedTo: "backup.amazonaws.com"),
        ],
        facts: ["job": "id of the job", "recovery_point": "ARN of the backup", "bytes": "its size, bytes"],
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: disk-backup
              do: efs.backup
              with: {file_system: "${disk_arn}", vault: Default, role: "${backup_role}", keep: 35d}
              timeout: 4h
            """
    )

    private let fileSystem: String
    private let vault: String
    private let role: String
    private let days: Int?
    private let tags: [String: String]

    init(_ parameters: Parameters) throws {
        fileSystem = try parameters.string("file_system")
        vault = try parameters.string("vault")
        role = try parameters.string("role")
        days = try parameters.durationIfGiven("keep").map { Int($0.inMilliseconds / 86_400_000) }
        if let days, days < 1 { throw ParameterError("keep", "must be at least `1d`") }
        tags = try parameters.textMapping("tags")
    }

    func observe(_ world: World) async throws -> Value { .null }

    /// Each run makes a backup of its own: the record alone tells of it.
    func observe(_ world: World, believing images: [Value]) async throws -> Value { images.first ?? .null }

    func wanted(over before: Value) throws -> Value { ["file_system": .string(fileSystem)] }

    func matches(_ observed: Value, _ expected: Value) -> Bool { observed["file_system"] == expected["file_system"] }

    func facts(of image: Value) -> [String: Value] {
        ["job": image["job"], "recovery_point": image["recovery_point"], "bytes": image["bytes"]]
    }

    func summary(from: Value, to: Value) -> String {
        to.isNull ? "leave the backup where it is" : "back `\(fileSystem)` up into vault `\(vault)`"
    }

    func move(from: Value, to: Value, token: String, _ world: World) async throws -> Value {
        guard !to.isNull else { throw Refusal("a backup is not deleted by `migrate`", hint: "delete it in AWS Backup") }
        var input = Backup.StartBackupJobInput(backupVaultName: vault, resourceArn: fileSystem, iamRoleArn: role)
        input.idempotencyToken = token
        input.lifecycle = days.map { .init(deleteAfterDays: $0) }
        input.recoveryPointTags = tags.isEmpty ? nil : tags
        let request = input
        let job = try await world.call("backup:StartBackupJob \(fileSystem)") {
            try await world.aws.backup.startBackupJob(request)
        }
        return ["job": .string(job.backupJobId)]
    }

    func settlement(of to: Value, receipt: Value, _ world: World) async throws -> KindSettlement {
        guard let id = receipt["job"].string else { return .failed(Problem("it is not known which job was started")) }
        let job = try await world.call("backup:DescribeBackupJob \(id)") {
            try await world.aws.backup.describeBackupJob(.init(backupJobId: id))
        }
        switch job.state {
        case "COMPLETED":
            let after: Value = [
                "file_system": to["file_system"], "job": .string(id),
                "recovery_point": job.recoveryPointArn.map { .string($0) } ?? .null,
                "bytes": job.backupSizeInBytes.map { .integer(Int64($0)) } ?? .null,
            ]
            return .settled(after: after, facts: facts(of: after))
        case "FAILED", "ABORTED", "EXPIRED", "PARTIAL":
            return .failed(
                Problem(
                    "backup job \(id) is \(job.state ?? ""): \(job.statusMessage ?? "no reason given")",
                    hint: "the role must be one that AWS Backup may take, with `AWSBackupServiceRolePolicyForBackup`"
                )
            )
        case .some(let state):
            let share = job.percentDone.map { ", \($0) %" } ?? ""
            return .pending("backup job \(id) is \(state)\(share)")
        case nil: return .pending("backup job \(id) has no state yet")
        }
    }
}
