extension Backup {
    /// A backup of a resource.
    public struct RecoveryPoint: Decodable, Sendable, Equatable {
        /// ARN.
        public var recoveryPointArn: String
        /// `COMPLETED`, `PARTIAL`, `DELETING`, `EXPIRED`.
        public var status: String?
        /// Words.
        public var statusMessage: String?
        /// When it was made.
        public var creationDate: AWSTimestamp?
        /// Vault.
        public var backupVaultName: String?
        /// Bytes.
        public var backupSizeBytes: Int?

        private enum CodingKeys: String, CodingKey {
            case recoveryPointArn = "RecoveryPointArn"
            case status = "Status"
            case statusMessage = "StatusMessage"
            case creationDate = "CreationDate"
            case backupVaultName = "BackupVaultName"
            case backupSizeBytes = "BackupSizeBytes"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(recoveryPointArn: String) {
            self.recoveryPointArn = recoveryPointArn
        }
    }
}
