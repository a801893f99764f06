extension Route53 {
    /// Asks Route 53 what it would answer to a query; public zones alone.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/Route53/latest/APIReference/API_TestDNSAnswer.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func testDNSAnswer(_ input: TestDNSAnswerInput) async throws -> AWSResponse<TestDNSAnswerOutput> {
        var call = Call(.route53, "TestDNSAnswer", .readOnly)
        call.path = Route53.root + "/testdnsanswer"
        call.query = [
            ("hostedzoneid", Route53.bareID(input.hostedZoneId)), ("recordname", input.recordName),
            ("recordtype", input.recordType),
        ]
        if let resolver = input.resolverIP { call.query.append(("resolverip", resolver)) }
        return try await get(call)
    }

    /// Input of `testDNSAnswer`.
    public struct TestDNSAnswerInput: Sendable, Equatable {
        /// Id of the zone, with or without `/hostedzone/`.
        public var hostedZoneId: String
        /// Name asked for.
        public var recordName: String
        /// Type asked for.
        public var recordType: String
        /// Address of the resolver that would ask; nil means an AWS one in us-east-1.
        public var resolverIP: String?

        /// Makes the input; what is nil is left out.
        public init(hostedZoneId: String, recordName: String, recordType: String, resolverIP: String? = nil) {
            self.hostedZoneId = hostedZoneId
            self.recordName = recordName
            self.recordType = recordType
            self.resolverIP = resolverIP
        }
    }

    /// Output of `testDNSAnswer`.
    public struct TestDNSAnswerOutput: Sendable, Equatable {
        /// Name server that answered.
        public var nameserver: String
        /// `NOERROR`, `NXDOMAIN` and so on.
        public var responseCode: String
        /// Values answered.
        public var recordData: [String]
        /// `UDP` or `TCP`.
        public var transport: String?
    }
}

extension Route53.TestDNSAnswerOutput: XMLDecodable {
    init(xml node: XMLNode) throws {
        nameserver = try node.required("Nameserver")
        responseCode = try node.required("ResponseCode")
        recordData = node.texts("RecordData", "RecordDataEntry")
        transport = node.text("Protocol")
    }
}
