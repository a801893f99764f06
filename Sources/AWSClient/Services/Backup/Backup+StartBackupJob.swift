import Network

extension Backup {
    /// Starts a backup of a resource.
    ///
    /// Effect: token. Token: `idempotencyToken`.
    /// Page: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func startBackupJob(_ input: StartBackupJobInput) async throws -> AWSResponse<StartBackupJobOutput> {
        var call = Call(.backup, "StartBackupJob", .token)
        call.method = "PUT"
        call.path = "/backup-jobs"
        call.headers.append(HTTPField("Content-Type", "application/json"))
        call.body = try JSONWire.encode(input, for: call)
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `startBackupJob`.
    public struct StartBackupJobInput: Encodable, Sendable, Equatable {
        /// Vault.
        public var backupVaultName: String
        /// What is backed up.
        public var resourceArn: String
        /// Role that AWS Backup takes.
        public var iamRoleArn: String
        /// Token that makes a repeated call one.
        public var idempotencyToken: String?
        /// How long it is kept.
        public var lifecycle: Lifecycle?
        /// Tags.
        public var recoveryPointTags: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case backupVaultName = "BackupVaultName"
            case resourceArn = "ResourceArn"
            case iamRoleArn = "IamRoleArn"
            case idempotencyToken = "IdempotencyToken"
            case lifecycle = "Lifecycle"
            case recoveryPointTags = "RecoveryPointTags"
        }

        /// Makes the input with what AWS requires; the rest are properties.
        public init(backupVaultName: String, resourceArn: String, iamRoleArn: String) {
            self.backupVaultName = backupVaultName
            self.resourceArn = resourceArn
            self.iamRoleArn = iamRoleArn
        }
    }

    /// Output of `startBackupJob`.
    public struct StartBackupJobOutput: Decodable, Sendable, Equatable {
        /// Id of the job.
        public var backupJobId: String
        /// ARN of the backup, of some resources.
        public var recoveryPointArn: String?

        private enum CodingKeys: String, CodingKey {
            case backupJobId = "BackupJobId"
            case recoveryPointArn = "RecoveryPointArn"
        }

        /// Makes the value.
        public init(backupJobId: String, recoveryPointArn: String? = nil) {
            self.backupJobId = backupJobId
            self.recoveryPointArn = recoveryPointArn
        }
    }
}
