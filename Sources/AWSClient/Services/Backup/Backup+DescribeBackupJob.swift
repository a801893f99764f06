import Network

extension Backup {
    /// Describes a backup job.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_DescribeBackupJob.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeBackupJob(_ input: DescribeBackupJobInput) async throws -> AWSResponse<DescribeBackupJobOutput>
    {
        var call = Call(.backup, "DescribeBackupJob", .readOnly)
        call.method = "GET"
        call.path = "/backup-jobs/" + PercentEncoding.encode(input.backupJobId)
        let answer = try await client.send(call)
        return answer.evidence(try JSONWire.decode(answer))
    }

    /// Input of `describeBackupJob`.
    public struct DescribeBackupJobInput: Sendable, Equatable {
        /// Id.
        public var backupJobId: String

        /// Makes the input; what is nil is left out.
        public init(backupJobId: String) {
            self.backupJobId = backupJobId
        }
    }

    /// Output of `describeBackupJob`.
    public struct DescribeBackupJobOutput: Decodable, Sendable, Equatable {
        /// `CREATED`, `PENDING`, `RUNNING`, `COMPLETED`, `FAILED`, `ABORTED`, `EXPIRED`, `PARTIAL`.
        public var state: String?
        /// Words.
        public var statusMessage: String?
        /// Share done, percent.
        public var percentDone: String?
        /// ARN of the backup.
        public var recoveryPointArn: String?
        /// Bytes.
        public var backupSizeInBytes: Int?

        private enum CodingKeys: String, CodingKey {
            case state = "State"
            case statusMessage = "StatusMessage"
            case percentDone = "PercentDone"
            case recoveryPointArn = "RecoveryPointArn"
            case backupSizeInBytes = "BackupSizeInBytes"
        }

        /// Makes the value.
        public init() {
        }
    }
}
