extension ApplicationAutoScaling {
    /// What may be scaled, and how far.
    public struct ScalableTarget: Decodable, Sendable, Equatable {
        /// `service/CLUSTER/SERVICE`.
        public var resourceId: String
        /// `ecs:service:DesiredCount`.
        public var scalableDimension: String?
        /// Fewest.
        public var minCapacity: Int
        /// Most.
        public var maxCapacity: Int

        private enum CodingKeys: String, CodingKey {
            case resourceId = "ResourceId"
            case scalableDimension = "ScalableDimension"
            case minCapacity = "MinCapacity"
            case maxCapacity = "MaxCapacity"
        }

        /// Makes the value.
        public init(resourceId: String, minCapacity: Int, maxCapacity: Int, scalableDimension: String? = nil) {
            self.resourceId = resourceId
            self.scalableDimension = scalableDimension
            self.minCapacity = minCapacity
            self.maxCapacity = maxCapacity
        }
    }
}
