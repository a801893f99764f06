extension ServiceDiscovery {
    /// An instance registered.
    public struct InstanceSummary: Decodable, Sendable, Equatable {
        /// Id; of ECS, the task's.
        public var id: String
        /// Attributes, such as `AWS_INSTANCE_IPV4`.
        public var attributes: [String: String]

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case attributes = "Attributes"
        }

        /// Makes the value.
        public init(id: String, attributes: [String: String] = [:]) {
            self.id = id
            self.attributes = attributes
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decode(String.self, forKey: .id)
            attributes = try members.decodeIfPresent([String: String].self, forKey: .attributes) ?? [:]
        }
    }
}
