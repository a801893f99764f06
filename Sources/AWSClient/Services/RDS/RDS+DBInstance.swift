extension RDS {
    /// A database instance.
    public struct DBInstance: Sendable, Equatable {
        /// Name.
        public var dbInstanceIdentifier: String
        /// `available`, `creating`, `modifying` and others.
        public var dbInstanceStatus: String?
        /// Engine.
        public var engine: String?
        /// Its version.
        public var engineVersion: String?
        /// Where it listens.
        public var endpoint: Endpoint?
        /// Whether it has a standby in another zone.
        public var multiAZ: Bool?
        /// Whether its storage is encrypted.
        public var storageEncrypted: Bool?
        /// Days that backups are kept.
        public var backupRetentionPeriod: Int?
        /// Latest moment that it can be restored to.
        public var latestRestorableTime: AWSTimestamp?
        /// ARN.
        public var dbInstanceArn: String?

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(dbInstanceIdentifier: String) {
            self.dbInstanceIdentifier = dbInstanceIdentifier
        }
    }
}

extension RDS.DBInstance: XMLDecodable {
    init(xml node: XMLNode) throws {
        dbInstanceIdentifier = try node.required("DBInstanceIdentifier")
        dbInstanceStatus = node.text("DBInstanceStatus")
        engine = node.text("Engine")
        engineVersion = node.text("EngineVersion")
        endpoint = try node.structure("Endpoint")
        multiAZ = try node.boolean("MultiAZ")
        storageEncrypted = try node.boolean("StorageEncrypted")
        backupRetentionPeriod = try node.integer("BackupRetentionPeriod")
        latestRestorableTime = try node.timestamp("LatestRestorableTime")
        dbInstanceArn = node.text("DBInstanceArn")
    }
}
