import AWSClient
import MigrateCore

/// Whether a resource has a backup that is fresh enough.
struct RecoveryPointProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "backup.recovery_point",
        role: .probe,
        summary: "A resource has a complete backup in AWS Backup that is no older than allowed",
        parameters: [
            .required("resource", .string, "ARN of the resource"),
            .optional("max_age", .duration, default: "24h", "Longest time since the backup was made"),
            .optional("vault", .string, example: "Default", "Vault that it must lie in"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["backup:ListRecoveryPointsByResource"], on: "*", mutates: false)],
        facts: [
            "recovery_point": "ARN of the newest complete backup", "made_at": "when it was made, seconds since 1970",
        ],
        source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByResource.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: disk-backed-up
              probe: backup.recovery_point
              with: {resource: "${disk_arn}", max_age: 24h}
            """
    )

    private let resource: String
    private let maxAge: Duration
    private let vault: String?

    init(_ parameters: Parameters) throws {
        resource = try parameters.string("resource")
        maxAge = try parameters.duration("max_age")
        vault = try parameters.stringIfGiven("vault")
    }

    func ask(_ world: World) async throws -> Observation {
        let points = try await points(world).filter { vault == nil || $0.backupVaultName == vault }
        let complete = points.filter { $0.status == "COMPLETED" }
        let newest = complete.max { ($0.creationDate?.seconds ?? 0) < ($1.creationDate?.seconds ?? 0) }
        guard let newest else {
            let others = points.isEmpty ? "" : ", \(points.count) that are not complete"
            return Observation(.fail("no complete backup of `\(resource)`\(others)"))
        }
        let facts: [String: Value] = [
            "recovery_point": .string(newest.recoveryPointArn),
            "made_at": newest.creationDate.map { .number($0.seconds) } ?? .null,
        ]
        guard let made = newest.creationDate else {
            return Observation(.inconclusive("the newest backup does not say when it was made"), facts: facts)
        }
        let age = world.now() - made.timestamp
        let seen = "the newest backup is \(age.shortText) old"
        return Observation(
            age <= maxAge ? .pass(seen) : .fail("\(seen), allowed are \(maxAge.shortText)"),
            facts: facts
        )
    }

    private func points(_ world: World) async throws -> [Backup.RecoveryPoint] {
        var all: [Backup.RecoveryPoint] = []
        var token: String?
        repeat {
            let asked = token
            let page = try await world.call("backup:ListRecoveryPointsByResource \(resource)") {
                try await world.aws.backup.listRecoveryPointsByResource(.init(resourceArn: resource, nextToken: asked))
            }
            all += page.recoveryPoints ?? []
            token = page.nextToken == asked ? nil : page.nextToken
        } while token != nil
        return all
    }
}
