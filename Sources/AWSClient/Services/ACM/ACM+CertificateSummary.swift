extension ACM {
    /// A certificate in a list.
    public struct CertificateSummary: Decodable, Sendable, Equatable {
        /// ARN.
        public var certificateArn: String
        /// First name.
        public var domainName: String?
        /// Names, the first hundred.
        public var subjectAlternativeNameSummaries: [String]
        /// Whether there are more.
        public var hasAdditionalSubjectAlternativeNames: Bool?
        /// `ISSUED`, `PENDING_VALIDATION`, `EXPIRED` and others.
        public var status: String?
        /// End of validity.
        public var notAfter: AWSTimestamp?
        /// Whether a service uses it.
        public var inUse: Bool?

        private enum CodingKeys: String, CodingKey {
            case certificateArn = "CertificateArn"
            case domainName = "DomainName"
            case subjectAlternativeNameSummaries = "SubjectAlternativeNameSummaries"
            case hasAdditionalSubjectAlternativeNames = "HasAdditionalSubjectAlternativeNames"
            case status = "Status"
            case notAfter = "NotAfter"
            case inUse = "InUse"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(certificateArn: String) {
            self.certificateArn = certificateArn
            subjectAlternativeNameSummaries = []
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            certificateArn = try members.decode(String.self, forKey: .certificateArn)
            domainName = try members.decodeIfPresent(String.self, forKey: .domainName)
            subjectAlternativeNameSummaries =
                try members.decodeIfPresent([String].self, forKey: .subjectAlternativeNameSummaries) ?? []
            hasAdditionalSubjectAlternativeNames = try members.decodeIfPresent(
                Bool.self,
                forKey: .hasAdditionalSubjectAlternativeNames
            )
            status = try members.decodeIfPresent(String.self, forKey: .status)
            notAfter = try members.decodeIfPresent(AWSTimestamp.self, forKey: .notAfter)
            inUse = try members.decodeIfPresent(Bool.self, forKey: .inUse)
        }
    }
}
