/// Sends one HTTP request and returns its whole answer.
///
/// The live one is `CurlHTTPClient`; tests hand in their own.
public protocol HTTPClient: Sendable {
    /// Sends `request`.
    ///
    /// Throws: `HTTPFailure` when no complete answer came; `CancellationError` when the task was cancelled.
    /// An answer with any status code, 500 included, is returned, not thrown.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse
}
