extension ECS {
    /// A container of a task.
    public struct Container: Decodable, Sendable, Equatable {
        /// Name.
        public var name: String?
        /// Image it was started from.
        public var image: String?
        /// Digest of that image.
        public var imageDigest: String?
        /// Status.
        public var lastStatus: String?
        /// Exit code, once stopped.
        public var exitCode: Int?
        /// Why it stopped, in words.
        public var reason: String?
        /// `HEALTHY`, `UNHEALTHY` or `UNKNOWN`.
        public var healthStatus: String?
        /// Its addresses.
        public var networkInterfaces: [NetworkInterface]

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
            networkInterfaces = []
        }

        private enum CodingKeys: String, CodingKey {
            case name, image, imageDigest, lastStatus, exitCode, reason, healthStatus, networkInterfaces
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            name = try members.decodeIfPresent(String.self, forKey: .name)
            image = try members.decodeIfPresent(String.self, forKey: .image)
            imageDigest = try members.decodeIfPresent(String.self, forKey: .imageDigest)
            lastStatus = try members.decodeIfPresent(String.self, forKey: .lastStatus)
            exitCode = try members.decodeIfPresent(Int.self, forKey: .exitCode)
            reason = try members.decodeIfPresent(String.self, forKey: .reason)
            healthStatus = try members.decodeIfPresent(String.self, forKey: .healthStatus)
            networkInterfaces = try members.decodeIfPresent([NetworkInterface].self, forKey: .networkInterfaces) ?? []
        }
    }
}
