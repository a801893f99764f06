extension ACM {
    /// A certificate.
    public struct Certificate: Decodable, Sendable, Equatable {
        /// ARN.
        public var certificateArn: String
        /// First name.
        public var domainName: String?
        /// Names.
        public var subjectAlternativeNames: [String]
        /// `ISSUED`, `PENDING_VALIDATION`, `EXPIRED`, `INACTIVE`, `REVOKED`, `FAILED` or `VALIDATION_TIMED_OUT`.
        public var status: String?
        /// `AMAZON_ISSUED`, `IMPORTED` or `PRIVATE`.
        public var type: String?
        /// Issuer.
        public var issuer: String?
        /// Start of validity.
        public var notBefore: AWSTimestamp?
        /// End of validity.
        public var notAfter: AWSTimestamp?
        /// ARNs that use it.
        public var inUseBy: [String]
        /// `ELIGIBLE` or `INELIGIBLE`.
        public var renewalEligibility: String?
        /// Why it failed.
        public var failureReason: String?
        /// Key type.
        public var keyAlgorithm: String?

        private enum CodingKeys: String, CodingKey {
            case certificateArn = "CertificateArn"
            case domainName = "DomainName"
            case subjectAlternativeNames = "SubjectAlternativeNames"
            case status = "Status"
            case type = "Type"
            case issuer = "Issuer"
            case notBefore = "NotBefore"
            case notAfter = "NotAfter"
            case inUseBy = "InUseBy"
            case renewalEligibility = "RenewalEligibility"
            case failureReason = "FailureReason"
            case keyAlgorithm = "KeyAlgorithm"
        }

        /// Makes the value with what it cannot be without; the rest are properties.
        public init(certificateArn: String) {
            self.certificateArn = certificateArn
            subjectAlternativeNames = []
            inUseBy = []
        }

        /// Reads the answer; a list that it lacks is empty.
        ///
        /// - Throws: `DecodingError` when a required member is missing or wrong.
        public init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            certificateArn = try members.decode(String.self, forKey: .certificateArn)
            domainName = try members.decodeIfPresent(String.self, forKey: .domainName)
            subjectAlternativeNames = try members.decodeIfPresent([String].self, forKey: .subjectAlternativeNames) ?? []
            status = try members.decodeIfPresent(String.self, forKey: .status)
            type = try members.decodeIfPresent(String.self, forKey: .type)
            issuer = try members.decodeIfPresent(String.self, forKey: .issuer)
            notBefore = try members.decodeIfPresent(AWSTimestamp.self, forKey: .notBefore)
            notAfter = try members.decodeIfPresent(AWSTimestamp.self, forKey: .notAfter)
            inUseBy = try members.decodeIfPresent([String].self, forKey: .inUseBy) ?? []
            renewalEligibility = try members.decodeIfPresent(String.self, forKey: .renewalEligibility)
            failureReason = try members.decodeIfPresent(String.self, forKey: .failureReason)
            keyAlgorithm = try members.decodeIfPresent(String.self, forKey: .keyAlgorithm)
        }
    }
}
