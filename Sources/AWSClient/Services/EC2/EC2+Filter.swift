extension EC2 {
    /// A condition on what is listed.
    public struct Filter: Sendable, Equatable {
        /// Attribute, such as `vpc-id` or `tag:Name`.
        public var name: String
        /// Values, one of which must match; `*` and `?` are wild.
        public var values: [String]

        /// Makes the value.
        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }
}

extension EC2.Filter: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("Name", name)
        form.add("Value", values)
    }
}
