extension ECS {
    /// Subnets and security groups of tasks.
    public struct AwsVpcConfiguration: Codable, Sendable, Equatable {
        /// Subnet ids.
        public var subnets: [String]
        /// Security group ids; nil means the VPC's default.
        public var securityGroups: [String]?
        /// `ENABLED` or `DISABLED`.
        public var assignPublicIp: String?

        /// Makes the value.
        public init(subnets: [String], securityGroups: [String]? = nil, assignPublicIp: String? = nil) {
            self.subnets = subnets
            self.securityGroups = securityGroups
            self.assignPublicIp = assignPublicIp
        }

        private enum CodingKeys: String, CodingKey {
            case subnets, securityGroups, assignPublicIp
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            subnets = try members.decodeIfPresent([String].self, forKey: .subnets) ?? []
            securityGroups = try members.decodeIfPresent([String].self, forKey: .securityGroups)
            assignPublicIp = try members.decodeIfPresent(String.self, forKey: .assignPublicIp)
        }
    }
}
