extension ECS {
    /// Something attached to a task.
    public struct Attachment: Decodable, Sendable, Equatable {
        /// Id.
        public var id: String?
        /// Such as `ElasticNetworkInterface`.
        public var type: String?
        /// Such as `ATTACHED`.
        public var status: String?
        /// Facts, such as `privateIPv4Address`.
        public var details: [KeyValuePair]

        /// Makes the value.
        public init(id: String? = nil, type: String? = nil, status: String? = nil, details: [KeyValuePair] = []) {
            self.id = id
            self.type = type
            self.status = status
            self.details = details
        }

        private enum CodingKeys: String, CodingKey {
            case id, type, status, details
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decodeIfPresent(String.self, forKey: .id)
            type = try members.decodeIfPresent(String.self, forKey: .type)
            status = try members.decodeIfPresent(String.self, forKey: .status)
            details = try members.decodeIfPresent([KeyValuePair].self, forKey: .details) ?? []
        }
    }
}
