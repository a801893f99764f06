/// Asks one name server one question.
///
/// The live one is `CAresDNSClient`; tests hand in their own.
public protocol DNSClient: Sendable {
    /// Asks `question`.
    ///
    /// Throws: `DNSFailure` when no answer could be read; `CancellationError` when the task was cancelled.
    /// NXDOMAIN, no data, SERVFAIL and REFUSED are answers, not errors.
    func ask(_ question: DNSQuestion) async throws -> DNSAnswer
}
