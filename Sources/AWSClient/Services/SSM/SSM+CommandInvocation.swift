extension SSM {
    /// A command on one instance.
    public struct CommandInvocation: Decodable, Sendable, Equatable {
        /// Instance.
        public var instanceId: String
        /// Status.
        public var status: String?
        /// The status more exactly.
        public var statusDetails: String?
        /// Its steps.
        public var commandPlugins: [CommandPlugin]?

        private enum CodingKeys: String, CodingKey {
            case instanceId = "InstanceId"
            case status = "Status"
            case statusDetails = "StatusDetails"
            case commandPlugins = "CommandPlugins"
        }

        /// Makes the value.
        public init(
            instanceId: String,
            status: String? = nil,
            statusDetails: String? = nil,
            commandPlugins: [CommandPlugin]? = nil
        ) {
            self.instanceId = instanceId
            self.status = status
            self.statusDetails = statusDetails
            self.commandPlugins = commandPlugins
        }
    }
}
