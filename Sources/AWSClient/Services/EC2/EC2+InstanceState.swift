extension EC2 {
    /// State of an instance.
    public struct InstanceState: Sendable, Equatable {
        /// Low byte: 0 pending, 16 running, 32 shutting-down, 48 terminated, 64 stopping, 80 stopped.
        public var code: Int?
        /// `pending`, `running`, `shutting-down`, `terminated`, `stopping` or `stopped`.
        public var name: String

        /// Makes the value.
        public init(code: Int? = nil, name: String) {
            self.code = code
            self.name = name
        }
    }
}

extension EC2.InstanceState: XMLDecodable {
    init(xml node: XMLNode) throws {
        code = try node.integer("code")
        name = try node.required("name")
    }
}
