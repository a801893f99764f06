extension Route53 {
    /// Tells how far a change has come; `NoSuchChange` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func getChange(_ input: GetChangeInput) async throws -> AWSResponse<GetChangeOutput> {
        var call = Call(.route53, "GetChange", .readOnly)
        call.path = Route53.root + "/change/" + PercentEncoding.encode(Route53.bareID(input.id))
        return try await get(call)
    }

    /// Input of `getChange`.
    public struct GetChangeInput: Sendable, Equatable {
        /// Id of the change, with or without `/change/`.
        public var id: String

        /// Makes the input.
        public init(id: String) {
            self.id = id
        }
    }

    /// Output of `getChange`.
    public struct GetChangeOutput: Sendable, Equatable {
        /// The change.
        public var changeInfo: ChangeInfo
    }
}

extension Route53.GetChangeOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        changeInfo = try node.requiredStructure("ChangeInfo")
    }
}
