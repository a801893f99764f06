import Network

extension Route53 {
    /// Changes record sets of a zone, all or none; `InvalidChangeBatch` says what does not fit.
    ///
    /// Effect: reconcilable (observe the record sets). Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func changeResourceRecordSets(
        _ input: ChangeResourceRecordSetsInput
    ) async throws -> AWSResponse<ChangeResourceRecordSetsOutput> {
        var call = Call(.route53, "ChangeResourceRecordSets", .once)
        // The slash at the end is part of the API's address.
        call.path =
            Route53.root + "/hostedzone/" + PercentEncoding.encode(Route53.bareID(input.hostedZoneId)) + "/rrset/"
        call.headers.append(HTTPField("Content-Type", "application/xml"))
        call.body = input.body
        let answer = try await client.send(call)
        return answer.evidence(try answer.read(try answer.xml()))
    }

    /// One change of a batch.
    public struct Change: Sendable, Hashable {
        /// What is done with a set.
        public enum Action: String, Sendable {
            /// Makes it; refused when there is one.
            case create = "CREATE"
            /// Removes it; refused unless it is exactly so.
            case delete = "DELETE"
            /// Makes or replaces it.
            case upsert = "UPSERT"
        }

        /// What is done.
        public var action: Action
        /// The set.
        public var recordSet: ResourceRecordSet

        /// Makes a change.
        public init(_ action: Action, _ recordSet: ResourceRecordSet) {
            self.action = action
            self.recordSet = recordSet
        }
    }

    /// Input of `changeResourceRecordSets`.
    public struct ChangeResourceRecordSetsInput: Sendable, Equatable {
        /// Id of the zone, with or without `/hostedzone/`.
        public var hostedZoneId: String
        /// Changes, applied together.
        public var changes: [Change]
        /// Remark that the change keeps.
        public var comment: String?

        /// Makes the input; what is nil is left out.
        public init(hostedZoneId: String, changes: [Change], comment: String? = nil) {
            self.hostedZoneId = hostedZoneId
            self.changes = changes
            self.comment = comment
        }

        /// The request's XML.
        var body: [UInt8] {
            var writer = XMLWriter()
            writer.root("ChangeResourceRecordSetsRequest", namespace: Route53.namespace) { request in
                request.element("ChangeBatch") { batch in
                    batch.element("Comment", comment)
                    batch.element("Changes") { list in
                        for change in changes {
                            list.element("Change") {
                                $0.element("Action", change.action.rawValue)
                                change.recordSet.write(to: &$0)
                            }
                        }
                    }
                }
            }
            return writer.bytes
        }
    }

    /// Output of `changeResourceRecordSets`.
    public struct ChangeResourceRecordSetsOutput: Sendable, Equatable {
        /// The change, to be followed by `getChange`.
        public var changeInfo: ChangeInfo
    }
}

extension Route53.ChangeResourceRecordSetsOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        changeInfo = try node.requiredStructure("ChangeInfo")
    }
}
