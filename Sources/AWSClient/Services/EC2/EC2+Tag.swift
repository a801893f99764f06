extension EC2 {
    /// A name and a value on a resource.
    public struct Tag: Sendable, Equatable {
        /// Name.
        public var key: String?
        /// Value.
        public var value: String?

        /// Makes the value.
        public init(key: String? = nil, value: String? = nil) {
            self.key = key
            self.value = value
        }
    }
}

extension EC2.Tag: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Key", key)
        form.add("Value", value)
    }
}

extension EC2.Tag: XMLDecodable {
    init(xml node: XMLNode) throws {
        key = node.text("key")
        value = node.text("value")
    }
}
