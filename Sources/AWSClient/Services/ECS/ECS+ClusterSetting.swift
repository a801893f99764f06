extension ECS {
    /// One setting of a cluster.
    public struct ClusterSetting: Decodable, Sendable, Equatable {
        /// Name, such as `containerInsights`.
        public var name: String?
        /// Value.
        public var value: String?

        /// Makes the value.
        public init(name: String? = nil, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }
}
