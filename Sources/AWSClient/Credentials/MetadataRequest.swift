import Network

/// One request to a link-local credential service, tried a few times.
struct MetadataRequest {
    /// Attempts of each request.
    static let attempts = 3

    var surroundings: AWSSurroundings
    /// Words for the operator.
    var source: String

    /// Sends `request`, past any proxy and with short times.
    ///
    /// - Throws: `HTTPFailure` when no answer came, `CancellationError` when the task was cancelled.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.usesProxy = false
        request.connectTimeout = .seconds(1)
        request.timeout = .seconds(5)
        request.sizeLimit = 1 << 20
        var attempt = 1
        while true {
            let isLast = attempt == MetadataRequest.attempts
            do {
                let response = try await surroundings.http.send(request)
                let isPassing = response.status == 429 || response.status >= 500
                guard isPassing, !isLast else { return response }
            } catch let failure as HTTPFailure {
                // Nothing listens there: asking again does not change it.
                guard failure.reason != .refused, !isLast else { throw failure }
            }
            let delay = RetryPolicy.base * surroundings.random()
            try await surroundings.sleep(delay)
            attempt += 1
        }
    }
}
