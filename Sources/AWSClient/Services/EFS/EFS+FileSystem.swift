extension EFS {
    /// A file system.
    public struct FileSystem: Decodable, Sendable, Equatable {
        /// Id.
        public var fileSystemId: String
        /// ARN.
        public var fileSystemArn: String?
        /// Its tag `Name`.
        public var name: String?
        /// `creating`, `available`, `updating`, `deleting`, `deleted`, `error`.
        public var lifeCycleState: String
        /// Mount targets.
        public var numberOfMountTargets: Int?
        /// Whether it is encrypted.
        public var encrypted: Bool?

        private enum CodingKeys: String, CodingKey {
            case fileSystemId = "FileSystemId"
            case fileSystemArn = "FileSystemArn"
            case name = "Name"
            case lifeCycleState = "LifeCycleState"
            case numberOfMountTargets = "NumberOfMountTargets"
            case encrypted = "Encrypted"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(fileSystemId: String, lifeCycleState: String) {
            self.fileSystemId = fileSystemId
            self.lifeCycleState = lifeCycleState
        }
    }
}
