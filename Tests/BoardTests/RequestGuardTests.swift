import Testing

@testable import Board

/// Who may ask the board: its own page, under its own address.
@Suite struct RequestGuardTests {
    private let guardian = RequestGuard(port: 8465)

    private func status(
        _ method: String = "GET",
        _ target: String = "/api/board",
        _ headers: [String: String] = [:]
    ) -> Int? {
        let all = ["host": "127.0.0.1:8465"].merging(headers) { $1 }
        return guardian.refusal(of: .init(method: method, target: target, headers: all))?.status
    }

    @Test(arguments: ["127.0.0.1:8465", "localhost:8465", "LOCALHOST:8465", "[::1]:8465"])
    func itAnswersUnderItsOwnAddress(_ host: String) { #expect(status(headers: ["host": host]) == nil) }

    @Test(arguments: ["evil.example", "evil.example:8465", "127.0.0.1", "127.0.0.1:80", "", "localhost.evil:8465"])
    func aNameThatWasBentToLoopbackIsRefused(_ host: String) { #expect(status(headers: ["host": host]) == 421) }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "HEAD", "get"])
    func itActsOnNothing(_ method: String) { #expect(status(method) == 405) }

    @Test(arguments: ["http://evil.example", "null", "https://127.0.0.1:8465", "http://127.0.0.1:8466"])
    func anotherOriginMayNotRead(_ origin: String) { #expect(status(headers: ["origin": origin]) == 403) }

    @Test func itsOwnOriginMay() { #expect(status(headers: ["origin": "http://127.0.0.1:8465"]) == nil) }

    @Test(
        arguments: [
            ("same-origin", "cors", "empty", nil), ("none", "navigate", "document", nil),
            ("cross-site", "no-cors", "script", 403), ("cross-site", "navigate", "iframe", 403),
            ("same-site", "cors", "empty", 403), ("cross-site", "navigate", "document", nil),
        ] as [(String, String, String, Int?)]
    )
    func whatTheBrowserSaysOfTheAskerCounts(_ site: String, _ mode: String, _ dest: String, _ expected: Int?) {
        let headers = ["sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest]
        #expect(status(headers: headers) == expected)
    }

    @Test func whatIsTooLongIsRefused() {
        #expect(status("GET", "/" + String(repeating: "a", count: 2048)) == 414)
        #expect(status(headers: ["cookie": String(repeating: "a", count: 16_385)]) == 431)
        #expect(status(headers: ["content-length": "1"]) == 413)
        #expect(status(headers: ["transfer-encoding": "chunked"]) == 413)
        #expect(status(headers: ["content-length": "0"]) == nil)
    }

    private func status(headers: [String: String]) -> Int? { status("GET", "/api/board", headers) }
}
