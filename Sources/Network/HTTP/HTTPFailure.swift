/// Why no complete answer came.
public struct HTTPFailure: Error, Sendable, Equatable {
    /// What went wrong, in the terms that decide what to do next.
    public enum Reason: String, Sendable {
        case badURL, unresolved, refused, timedOut, tls, certificate, tooLarge, connectionLost, other
    }
    /// Kind of failure.
    public var reason: Reason
    /// libcurl's own words.
    public var message: String
    /// Whether any byte of the request may have reached the other side.
    ///
    /// False means for certain that the server saw nothing.
    public var mayHaveSent: Bool

    /// Makes a failure.
    public init(reason: Reason, message: String, mayHaveSent: Bool) {
        self.reason = reason
        self.message = message
        self.mayHaveSent = mayHaveSent
    }
}
