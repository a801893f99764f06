extension ECS {
    /// Alarms that stop a deployment.
    public struct DeploymentAlarms: Codable, Sendable, Equatable {
        /// Names of CloudWatch alarms.
        public var alarmNames: [String]
        /// Whether the last good deployment is then brought back.
        public var rollback: Bool
        /// Whether they are watched.
        public var enable: Bool

        /// Makes the value.
        public init(alarmNames: [String], rollback: Bool, enable: Bool) {
            self.alarmNames = alarmNames
            self.rollback = rollback
            self.enable = enable
        }

        private enum CodingKeys: String, CodingKey {
            case alarmNames, rollback, enable
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            alarmNames = try members.decodeIfPresent([String].self, forKey: .alarmNames) ?? []
            rollback = try members.decode(Bool.self, forKey: .rollback)
            enable = try members.decode(Bool.self, forKey: .enable)
        }
    }
}
