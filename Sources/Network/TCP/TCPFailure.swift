/// Why no connection was made.
public enum TCPFailure: Error, Sendable, Equatable {
    /// The host name did not resolve.
    case unresolved
    /// The port is closed.
    case refused
    /// Nothing came in time.
    case timedOut
    /// Another reason, in the system's words.
    case other(String)
}
