extension EC2 {
    /// Instances started together.
    public struct Reservation: Sendable, Equatable {
        /// Id.
        public var reservationId: String?
        /// Account.
        public var ownerId: String?
        /// The instances.
        public var instances: [Instance]

        /// Makes the value.
        public init(reservationId: String? = nil, ownerId: String? = nil, instances: [Instance] = []) {
            self.reservationId = reservationId
            self.ownerId = ownerId
            self.instances = instances
        }
    }
}

extension EC2.Reservation: XMLDecodable {
    init(xml node: XMLNode) throws {
        reservationId = node.text("reservationId")
        ownerId = node.text("ownerId")
        instances = try node.structures("instancesSet", "item")
    }
}
