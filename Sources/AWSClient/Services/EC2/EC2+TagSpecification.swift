extension EC2 {
    /// Tags for one kind of resource that a call makes.
    public struct TagSpecification: Sendable, Equatable {
        /// Such as `image` or `snapshot`.
        public var resourceType: String
        /// Tags.
        public var tags: [Tag]

        /// Makes the value.
        public init(resourceType: String, tags: [Tag]) {
            self.resourceType = resourceType
            self.tags = tags
        }
    }
}

extension EC2.TagSpecification: QueryEncodable {
    func encode(to form: inout QueryForm) {
        form.add("ResourceType", resourceType)
        form.add("Tag", tags)
    }
}
