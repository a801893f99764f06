/// What a server said.
public enum DNSAnswer: Sendable, Equatable {
    /// Records of the type asked for, or the CNAMEs on the way to them.
    ///
    /// For an NS question also the name servers that a referral names for that very name, not authoritative: so the
    /// parent's view of a delegation can be read.
    case records([DNSRecord], isAuthoritative: Bool)
    /// The name exists, without records of this type; `negativeTTL` in seconds from the SOA.
    case noData(negativeTTL: UInt32?)
    /// The name does not exist; `negativeTTL` in seconds from the SOA.
    case noName(negativeTTL: UInt32?)
    /// The server would not or could not answer; the DNS response code.
    ///
    /// Code 0 is a referral: the server pointed at others instead of answering, it does not hold this zone.
    case refused(code: UInt8)
}
