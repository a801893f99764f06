/// How long each stage took, counted from the start of the request.
public struct HTTPTimings: Sendable, Equatable {
    /// Until the name was resolved.
    public var nameLookup: Duration = .zero
    /// Until TCP was connected.
    public var connect: Duration = .zero
    /// Until TLS was agreed; zero without TLS.
    public var tls: Duration = .zero
    /// Until the first byte of the answer.
    public var firstByte: Duration = .zero
    /// Until the last byte of the answer.
    public var total: Duration = .zero

    /// Makes timings of zero.
    public init() {}
}
