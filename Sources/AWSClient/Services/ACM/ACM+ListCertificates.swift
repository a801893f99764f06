extension ACM {
    /// Lists certificates, one page; without `includes`, those with RSA keys of 1,024 or 2,048 bits alone.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html; shapes read in botocore
    /// 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func listCertificates(_ input: ListCertificatesInput) async throws -> AWSResponse<ListCertificatesOutput> {
        try await client.json(Call(.acm, "ListCertificates", .readOnly), input)
    }

    /// All certificates that match.
    ///
    /// - Throws: `AWSError`, also of kind `endlessPages`; `CancellationError` when the task was cancelled.
    public func allCertificateSummaryList(_ input: ListCertificatesInput) async throws -> AWSResponse<
        [CertificateSummary]
    > {
        try await allPages(
            .acm,
            "ListCertificates",
            fetch: { token in
                var page = input
                page.nextToken = token ?? input.nextToken
                return try await listCertificates(page)
            },
            items: \.certificateSummaryList,
            next: \.nextToken
        )
    }

    /// Input of `listCertificates`.
    public struct ListCertificatesInput: Encodable, Sendable, Equatable {
        /// Statuses; nil means all.
        public var certificateStatuses: [String]?
        /// Key types and usages.
        public var includes: Filters?
        /// Page token.
        public var nextToken: String?
        /// Entries a page, at most 1,000.
        public var maxItems: Int?

        private enum CodingKeys: String, CodingKey {
            case certificateStatuses = "CertificateStatuses"
            case includes = "Includes"
            case nextToken = "NextToken"
            case maxItems = "MaxItems"
        }

        /// Makes the input; what is nil is left out.
        public init(
            certificateStatuses: [String]? = nil,
            includes: Filters? = nil,
            nextToken: String? = nil,
            maxItems: Int? = nil
        ) {
            self.certificateStatuses = certificateStatuses
            self.includes = includes
            self.nextToken = nextToken
            self.maxItems = maxItems
        }
    }

    /// Output of `listCertificates`.
    public struct ListCertificatesOutput: Decodable, Sendable, Equatable {
        /// The certificates.
        public var certificateSummaryList: [CertificateSummary]
        /// Page token of the next page.
        public var nextToken: String?

        private enum CodingKeys: String, CodingKey {
            case certificateSummaryList = "CertificateSummaryList"
            case nextToken = "NextToken"
        }

        /// Makes the value.
        public init(certificateSummaryList: [CertificateSummary] = [], nextToken: String? = nil) {
            self.certificateSummaryList = certificateSummaryList
            self.nextToken = nextToken
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            certificateSummaryList =
                try members.decodeIfPresent([CertificateSummary].self, forKey: .certificateSummaryList) ?? []
            nextToken = try members.decodeIfPresent(String.self, forKey: .nextToken)
        }
    }
}
