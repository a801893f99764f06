extension EC2 {
    /// What a start or stop did to an instance.
    public struct InstanceStateChange: Sendable, Equatable {
        /// Id.
        public var instanceId: String
        /// State now.
        public var currentState: InstanceState?
        /// State before.
        public var previousState: InstanceState?

        /// Makes the value.
        public init(instanceId: String, currentState: InstanceState? = nil, previousState: InstanceState? = nil) {
            self.instanceId = instanceId
            self.currentState = currentState
            self.previousState = previousState
        }
    }
}

extension EC2.InstanceStateChange: XMLDecodable {
    init(xml node: XMLNode) throws {
        instanceId = try node.required("instanceId")
        currentState = try node.structure("currentState")
        previousState = try node.structure("previousState")
    }
}
