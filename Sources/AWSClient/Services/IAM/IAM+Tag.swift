extension IAM {
    /// A name and a value on a resource.
    public struct Tag: Sendable, Equatable {
        /// Name.
        public var key: String
        /// Value.
        public var value: String

        /// Makes the value.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}

extension IAM.Tag: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Key", key)
        form.add("Value", value)
    }
}

extension IAM.Tag: XMLDecodable {
    init(xml node: XMLNode) throws {
        key = try node.required("Key")
        value = try node.required("Value")
    }
}
