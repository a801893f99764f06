extension ACM {
    /// Describes a certificate; `ResourceNotFoundException` when there is none.
    ///
    /// Effect: read_only. Token: none.
    /// Page: https://docs.aws.amazon.com/acm/latest/APIReference/API_DescribeCertificate.html; shapes read in
    /// botocore 1.43.11 on 2026-11-21.
    /// - Throws: `AWSError`; `CancellationError` when the task was cancelled.
    public func describeCertificate(_ input: DescribeCertificateInput) async throws -> AWSResponse<
        DescribeCertificateOutput
    > {
        try await client.json(Call(.acm, "DescribeCertificate", .readOnly), input)
    }

    /// Input of `describeCertificate`.
    public struct DescribeCertificateInput: Encodable, Sendable, Equatable {
        /// ARN.
        public var certificateArn: String

        private enum CodingKeys: String, CodingKey {
            case certificateArn = "CertificateArn"
        }

        /// Makes the input; what is nil is left out.
        public init(certificateArn: String) {
            self.certificateArn = certificateArn
        }
    }

    /// Output of `describeCertificate`.
    public struct DescribeCertificateOutput: Decodable, Sendable, Equatable {
        /// The certificate.
        public var certificate: Certificate

        private enum CodingKeys: String, CodingKey {
            case certificate = "Certificate"
        }

        /// Makes the value.
        public init(certificate: Certificate) {
            self.certificate = certificate
        }
    }
}
