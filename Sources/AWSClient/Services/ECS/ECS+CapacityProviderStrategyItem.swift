extension ECS {
    /// The part of one capacity provider.
    public struct CapacityProviderStrategyItem: Codable, Sendable, Equatable {
        /// Name, such as `FARGATE_SPOT`.
        public var capacityProvider: String
        /// Share among the providers.
        public var weight: Int?
        /// Tasks that it gets first.
        public var base: Int?

        /// Makes the value.
        public init(capacityProvider: String, weight: Int? = nil, base: Int? = nil) {
            self.capacityProvider = capacityProvider
            self.weight = weight
            self.base = base
        }
    }
}
