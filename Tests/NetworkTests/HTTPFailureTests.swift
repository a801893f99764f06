import Testing

@testable import Network

/// Why no answer came, and whether the server may have seen the request.
@Suite(.timeLimit(.minutes(1)))
struct HTTPFailureTests {
    @Test func closedPortIsRefusedAndNothingWasSent() async throws {
        let port = try ClosedPort()
        let request = HTTPRequest(url: "http://127.0.0.1:\(port.number)/")
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .refused)
        #expect(failure.message.hasSuffix("(Connection refused)"))
        #expect(!failure.mayHaveSent)
    }

    @Test func nameThatCannotExistIsUnresolvedAndNothingWasSent() async throws {
        // A label of 64 bytes is refused by the system's resolver itself: no name server is asked.
        let failure = try await HTTPFailure.of(HTTPRequest(url: "http://\(String(repeating: "a", count: 64)).test/"))
        #expect(failure.reason == .unresolved)
        #expect(!failure.mayHaveSent)
    }

    @Test func silenceAfterTheRequestIsATimeoutThatMayHaveSent() async throws {
        let server = try LoopbackServer { $0.waitForClose() }
        let failure = try await HTTPFailure.of(HTTPRequest(url: server.url(), timeout: .milliseconds(50)))
        #expect(failure.reason == .timedOut)
        #expect(failure.mayHaveSent)
    }

    @Test func silenceBeforeTLSIsATimeoutThatSentNothing() async throws {
        let server = try LoopbackServer { $0.waitForClose() }
        var request = HTTPRequest(method: "POST", url: "https://127.0.0.1:\(server.port)/", body: [1])
        request.connectTimeout = .milliseconds(50)
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .timedOut)
        #expect(!failure.mayHaveSent)
    }

    @Test func plainTextWhereTLSIsExpectedIsATLSFailureThatSentNothing() async throws {
        let server = try LoopbackServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForClose()
        }
        let failure = try await HTTPFailure.of(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
        #expect(failure.reason == .tls)
        #expect(!failure.mayHaveSent)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        "",
    ])
    func answerThatEndsEarlyIsALostConnection(answer: String) async throws {
        let server = try LoopbackServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.write(answer)
        }
        let failure = try await HTTPFailure.of(HTTPRequest(url: server.url()))
        #expect(failure.reason == .connectionLost)
        #expect(failure.mayHaveSent)
    }

    @Test(arguments: [
        Answer.ok("123456"),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123456",
    ])
    func bodyOverTheLimitIsRefusedWithAndWithoutALength(answer: String) async throws {
        let server = try LoopbackServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.write(answer)
        }
        var request = HTTPRequest(url: server.url())
        request.sizeLimit = 5
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .tooLarge)
        #expect(failure.mayHaveSent)
    }

    @Test func endlessHeaderIsRefused() async throws {
        let server = try LoopbackServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\n")
            let line = "X-A: \(String(repeating: "a", count: 1000))\r\n"
            for _ in 0..<1000 { connection.write(line) }
        }
        let failure = try await HTTPFailure.of(HTTPRequest(url: server.url()))
        #expect(failure.reason == .tooLarge)
    }

    @Test func answerThatIsNotHTTPIsNoAnswer() async throws {
        let server = try LoopbackServer { connection in
            connection.write("SSH-2.0-OpenSSH_9.2\r\n")
            connection.waitForClose()
        }
        let failure = try await HTTPFailure.of(HTTPRequest(url: server.url()))
        #expect(failure.reason == .other)
        #expect(failure.mayHaveSent)
    }

    @Test(arguments: [
        "", "example.com/", "file:///etc/passwd", "ftp://127.0.0.1/", "http:/x", "http://a\0b/", "http://a b/",
    ])
    func addressThatIsNotOneIsRefusedUnsent(url: String) async throws {
        let failure = try await HTTPFailure.of(HTTPRequest(url: url))
        #expect(failure.reason == .badURL)
        #expect(!failure.mayHaveSent)
    }

    @Test(arguments: [
        HTTPField("X-A", "a\r\nX-B: b"), HTTPField("X-A", "a\nb"), HTTPField("X-A", "a\0"), HTTPField("X A", "a"),
        HTTPField("X-A:", "a"), HTTPField("", "a"), HTTPField("X-A\r\nX-B", "a"),
    ])
    func fieldThatWouldBecomeAnotherIsRefusedUnsent(field: HTTPField) async throws {
        let server = try LoopbackServer(answering: { _ in Answer.ok() })
        var request = HTTPRequest(url: server.url())
        request.headers = [field]
        let failure = try await HTTPFailure.of(request)
        #expect(failure.reason == .other)
        #expect(server.requests.isEmpty)
    }

    @Test func methodThatWouldBecomeTwoLinesIsRefusedUnsent() async throws {
        let failure = try await HTTPFailure.of(HTTPRequest(method: "GET / HTTP/1.1\r\nX: ", url: "http://127.0.0.1:1/"))
        #expect(failure.reason == .other)
    }
}
