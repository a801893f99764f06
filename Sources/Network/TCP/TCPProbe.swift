/// Opens one TCP connection and closes it again.
public protocol TCPConnecting: Sendable {
    /// Connects to `host`:`port` within `timeout` and returns how long it took.
    ///
    /// Throws: `TCPFailure`; `CancellationError` when the task was cancelled.
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration
}

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
