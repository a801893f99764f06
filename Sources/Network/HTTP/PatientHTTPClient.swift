/// A client that waits, and asks again, when a server says that it is asked too often.
///
/// Rule: only after status 429, whatever the method. Why: it says that nothing was done (RFC 6585, 4), so that a change
/// may be asked for again; a 503 or a dead connection does not.
public struct PatientHTTPClient: HTTPClient {
    /// Times that a request is sent at most: as AWS's standard mode does.
    static let attempts = 3
    /// Longest wait that a server may ask for; what asks for more is answered with its refusal.
    static let longestWait = Duration.seconds(20)

    private let base: any HTTPClient
    private let sleep: @Sendable (Duration) async throws -> Void
    private let random: @Sendable () -> Double

    /// Makes a client before `base`; `random` gives 0 or more and less than 1.
    public init(
        _ base: any HTTPClient,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.base = base
        self.sleep = sleep
        self.random = random
    }

    /// Sends `request`, and again after a refusal with 429.
    ///
    /// Throws: as `base` and `sleep` do.
    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        for attempt in 1..<Self.attempts {
            let response = try await base.send(request)
            guard response.status == 429, let wait = wait(after: response, attempt) else { return response }
            try await sleep(wait)
        }
        return try await base.send(request)
    }

    /// What `Retry-After` asks for, in seconds, or else up to 1 s × 2ⁿ⁻¹; nil when it is longer than anybody waits.
    private func wait(after response: HTTPResponse, _ attempt: Int) -> Duration? {
        // Why its form as a date is not read: that would take the server's clock for ours.
        if let asked = response.header("retry-after").flatMap({ Int($0) }), asked >= 0 {
            return .seconds(asked) <= Self.longestWait ? .seconds(asked) : nil
        }
        return .seconds(1 << (attempt - 1)) * random()
    }
}
