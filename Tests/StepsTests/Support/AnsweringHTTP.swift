import Network

/// Answers every request by a rule.
struct AnsweringHTTP: HTTPClient {
    /// The rule.
    let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse

    init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) { self.answer = answer }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse { try await answer(request) }
}
