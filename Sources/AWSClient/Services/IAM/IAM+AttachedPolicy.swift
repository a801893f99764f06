extension IAM {
    /// A managed policy on a role.
    public struct AttachedPolicy: Sendable, Equatable {
        /// Name.
        public var policyName: String?
        /// ARN.
        public var policyArn: String?

        /// Makes the value.
        public init(policyName: String? = nil, policyArn: String? = nil) {
            self.policyName = policyName
            self.policyArn = policyArn
        }
    }
}

extension IAM.AttachedPolicy: XMLDecodable {
    init(xml node: XMLNode) throws {
        policyName = node.text("PolicyName")
        policyArn = node.text("PolicyArn")
    }
}
