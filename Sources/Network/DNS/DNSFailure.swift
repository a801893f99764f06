/// Why no answer could be read.
public enum DNSFailure: Error, Sendable, Equatable {
    /// Nothing came in time.
    case timedOut
    /// The server's port is closed.
    case connectionRefused
    /// What came is not a DNS message.
    case malformed
    /// The server's address could not be read.
    case badServer(String)
    /// c-ares gave up for a reason of its own; its status code.
    case other(Int32)
}
