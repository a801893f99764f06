/// HTTP over libcurl: many requests at once on one thread, connections kept and reused.
///
/// Redirects are not followed, and nothing is retried but what libcurl retries by itself (see
/// `HTTPRequest.usesFreshConnection`).
public final class CurlHTTPClient: HTTPClient {
    /// The thread and its handle.
    let driver: CurlDriver

    /// Starts the client's thread.
    ///
    /// Throws: `HTTPFailure` when the system has no memory or no thread to give.
    public init(limits: HTTPConnectionLimits = HTTPConnectionLimits()) throws(HTTPFailure) {
        driver = try CurlDriver.start(limits: limits)
    }

    deinit { driver.stop() }

    /// Sends `request` and waits for the whole answer.
    ///
    /// Throws: `HTTPFailure` when no complete answer came; `CancellationError` when the task was cancelled, in which
    /// case nothing is known of what the server saw.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await driver.run(CurlJob(request: request, connectsOnly: false))
    }

    /// Ends the thread; requests under way, and later ones, fail.
    public func stop() { driver.stop() }
}
