extension Route53 {
    /// How far a batch of changes has come.
    public struct ChangeInfo: Sendable, Equatable {
        /// Id, without `/change/`.
        public var id: String
        /// `PENDING` until every authoritative server has it, then `INSYNC`.
        public var status: String
        /// When it was asked for.
        public var submittedAt: AWSTimestamp?
        /// Remark given with it.
        public var comment: String?
    }
}

extension Route53.ChangeInfo: XMLDecodable {
    init(xml node: XMLNode) throws {
        id = Route53.bareID(try node.required("Id"))
        status = try node.required("Status")
        submittedAt = try node.timestamp("SubmittedAt")
        comment = node.text("Comment")
    }
}
