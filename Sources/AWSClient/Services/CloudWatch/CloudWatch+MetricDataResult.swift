extension CloudWatch {
    /// What was found.
    public struct MetricDataResult: Decodable, Sendable, Equatable {
        /// Name given in the query.
        public var id: String?
        /// Words for the result.
        public var label: String?
        /// Moments of the points.
        public var timestamps: [AWSTimestamp]
        /// Values of the points.
        public var values: [Double]
        /// `Complete`, `InternalError`, `PartialData` or `Forbidden`.
        public var statusCode: String?
        /// What CloudWatch has to say of it.
        public var messages: [MessageData]

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case label = "Label"
            case timestamps = "Timestamps"
            case values = "Values"
            case statusCode = "StatusCode"
            case messages = "Messages"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init() {
            timestamps = []
            values = []
            messages = []
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decodeIfPresent(String.self, forKey: .id)
            label = try members.decodeIfPresent(String.self, forKey: .label)
            timestamps = try members.decodeIfPresent([AWSTimestamp].self, forKey: .timestamps) ?? []
            values = try members.decodeIfPresent([Double].self, forKey: .values) ?? []
            statusCode = try members.decodeIfPresent(String.self, forKey: .statusCode)
            messages = try members.decodeIfPresent([MessageData].self, forKey: .messages) ?? []
        }
    }
}
