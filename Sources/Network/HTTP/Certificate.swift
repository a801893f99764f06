/// Facts of one X.509 certificate.
public struct Certificate: Sendable, Equatable {
    /// Subject, as OpenSSL prints it.
    public var subject: String
    /// Issuer, as OpenSSL prints it.
    public var issuer: String
    /// DNS names and addresses it is valid for.
    public var alternativeNames: [String]
    /// End of validity, seconds since 1970 in UTC; nil when it could not be read.
    public var expires: Int64?

    /// Makes a certificate's facts.
    public init(subject: String, issuer: String, alternativeNames: [String], expires: Int64?) {
        self.subject = subject
        self.issuer = issuer
        self.alternativeNames = alternativeNames
        self.expires = expires
    }
}
