extension Backup {
    /// How long a backup is kept.
    public struct Lifecycle: Encodable, Sendable, Equatable {
        /// Days until it is deleted.
        public var deleteAfterDays: Int?

        private enum CodingKeys: String, CodingKey {
            case deleteAfterDays = "DeleteAfterDays"
        }

        /// Makes the value.
        public init(deleteAfterDays: Int? = nil) {
            self.deleteAfterDays = deleteAfterDays
        }
    }
}
