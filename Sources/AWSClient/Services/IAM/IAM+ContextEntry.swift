extension IAM {
    /// Values of one condition key.
    public struct ContextEntry: Sendable, Equatable {
        /// Key, such as `aws:SourceIp`.
        public var contextKeyName: String?
        /// Values.
        public var contextKeyValues: [String]?
        /// Type, such as `string` or `ip`.
        public var contextKeyType: String?

        /// Makes the value.
        public init(contextKeyName: String? = nil, contextKeyValues: [String]? = nil, contextKeyType: String? = nil) {
            self.contextKeyName = contextKeyName
            self.contextKeyValues = contextKeyValues
            self.contextKeyType = contextKeyType
        }
    }
}

extension IAM.ContextEntry: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ContextKeyName", contextKeyName)
        form.add("ContextKeyValues", contextKeyValues)
        form.add("ContextKeyType", contextKeyType)
    }
}
