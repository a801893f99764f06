/// Opens one TCP connection and closes it again.
public protocol TCPConnecting: Sendable {
    /// Connects to `host`:`port` within `timeout` and returns how long it took.
    ///
    /// Throws: `TCPFailure`; `CancellationError` when the task was cancelled.
    func connect(host: String, port: Int, timeout: Duration) async throws -> Duration
}
