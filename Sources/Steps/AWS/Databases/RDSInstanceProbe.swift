import AWSClient
import MigrateCore

/// Whether a database instance is available, and as it should be.
struct RDSInstanceProbe: ProbeKind {
    static let declaration = KindDeclaration(
        name: "rds.instance",
        role: .probe,
        summary: "An RDS instance is available, of this engine, encrypted and backed up as wanted",
        parameters: [
            .required("name", .string, "Name of the instance"),
            .optional("engine", .string, example: "postgres", "Engine that it must have"),
            .optional("engine_version", .string, example: "16", "Beginning of its version, such as `16` or `16.4`"),
            .optional("multi_az", .boolean, "Whether it must have a standby in another zone; left out, not looked at"),
            .optional("encrypted", .boolean, "Whether its storage must be encrypted; left out, not looked at"),
            .optional("backup_days", .integer, unit: "days", "Fewest days that its backups are kept"),
            .optional("restorable_within", .duration, "Longest time since the latest moment it can be restored to"),
        ],
        effect: .readOnly,
        rollback: .notNeeded,
        permissions: [Permission(["rds:DescribeDBInstances"], on: "arn:aws:rds:*:*:db:${name}", mutates: false)],
        facts: [
            "address": "host name", "port": "port", "arn": "ARN", "version": "version of its engine",
            "status": "status",
        ],
        source: "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html"
            + " (botocore 1.43.11's model of it, read 2026-11-21)",
        example: """
            - id: grafana-database
              probe: rds.instance
              with: {name: grafana, engine: postgres, encrypted: true, backup_days: 7}
            """
    )

    private let name: String
    private let engine: String?
    private let version: String?
    private let isMultiAZ: Bool?
    private let isEncrypted: Bool?
    private let backupDays: Int?
    private let restorable: Duration?

    init(_ parameters: Parameters) throws {
        name = try parameters.string("name")
        engine = try parameters.stringIfGiven("engine")
        version = try parameters.stringIfGiven("engine_version")
        isMultiAZ = try parameters.booleanIfGiven("multi_az")
        isEncrypted = try parameters.booleanIfGiven("encrypted")
        backupDays = try parameters.integerIfGiven("backup_days")
        restorable = try parameters.durationIfGiven("restorable_within")
    }

    func ask(_ world: World) async throws -> Observation {
        let found = try await world.look(
            "rds:DescribeDBInstances \(name)",
            absentBy: ["DBInstanceNotFound", "DBInstanceNotFoundFault"]
        ) {
            try await world.aws.rds.describeDBInstances(.init(dbInstanceIdentifier: name))
        }
        guard let instance = found?.dbInstances.first else { return Observation(.fail("no instance `\(name)`")) }
        let status = instance.dbInstanceStatus ?? "unknown"
        let facts: [String: Value] = [
            "address": instance.endpoint?.address.map { .string($0) } ?? .null,
            "port": instance.endpoint?.port.map { .integer(Int64($0)) } ?? .null,
            "arn": instance.dbInstanceArn.map { .string($0) } ?? .null,
            "version": instance.engineVersion.map { .string($0) } ?? .null, "status": .string(status),
        ]
        let faults = faults(of: instance, status, now: world.now())
        let seen = "`\(name)` is \(status), \(instance.engine ?? "") \(instance.engineVersion ?? "")"
        return Observation(
            faults.isEmpty ? .pass(seen) : .fail("`\(name)`: " + faults.joined(separator: ", ")),
            facts: facts
        )
    }

    private func faults(of instance: RDS.DBInstance, _ status: String, now: Timestamp) -> [String] {
        var faults: [String] = []
        if !["available", "backing-up", "storage-optimization"].contains(status) { faults.append("it is \(status)") }
        if let engine, instance.engine != engine { faults.append("its engine is \(instance.engine ?? "unknown")") }
        if let version, !Self.isVersion(instance.engineVersion ?? "", of: version) {
            faults.append("its version is \(instance.engineVersion ?? "unknown"), not \(version)")
        }
        if let isMultiAZ, instance.multiAZ != isMultiAZ {
            faults.append(isMultiAZ ? "it has no standby" : "it has a standby")
        }
        if let isEncrypted, instance.storageEncrypted != isEncrypted {
            faults.append(isEncrypted ? "it is not encrypted" : "it is encrypted")
        }
        if let backupDays, (instance.backupRetentionPeriod ?? 0) < backupDays {
            faults.append("backups are kept for \(instance.backupRetentionPeriod ?? 0) days, wanted \(backupDays)")
        }
        if let restorable {
            let age = instance.latestRestorableTime.map { now - $0.timestamp }
            if age.map({ $0 > restorable }) ?? true {
                faults.append("it can be restored to \(age.map { "\($0.shortText) ago" } ?? "no moment")")
            }
        }
        return faults
    }

    /// Whether `found` is `wanted` or a release of it: `16.4` is of `16`, `160` is not.
    private static func isVersion(_ found: String, of wanted: String) -> Bool {
        found == wanted || found.hasPrefix(wanted + ".")
    }
}
