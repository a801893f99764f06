import Testing

@testable import Network

extension HTTPFailure {
    /// The failure of `request` on a new client; an issue when it succeeds.
    static func of(_ request: HTTPRequest) async throws -> HTTPFailure {
        let client = try CurlHTTPClient()
        return try #require(await #expect(throws: HTTPFailure.self) { try await client.send(request) })
    }
}
