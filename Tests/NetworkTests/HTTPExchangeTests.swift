import Testing

@testable import Network

/// What is sent, and what is read from the answer.
@Suite(.timeLimit(.minutes(1)))
struct HTTPExchangeTests {
    /// Sends `request` to a server that answers with `answer`; gives the answer and what the server saw.
    private func exchange(
        _ answer: String,
        _ change: (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> (response: HTTPResponse, received: ReceivedRequest) {
        let server = try LoopbackServer(answering: { _ in answer })
        let client = try CurlHTTPClient()
        var request = HTTPRequest(url: server.url())
        change(&request)
        let response = try await client.send(request)
        return (response, try #require(server.requests.first))
    }

    @Test func fieldsOfInterimAnswersAreNotThoseOfTheFinalOne() async throws {
        let answer =
            "HTTP/1.1 100 Continue\r\nX-Interim: a\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
            + Answer.ok("end", fields: "X-Final: b\r\n")
        let response = try await exchange(answer).response
        #expect(response.status == 200)
        #expect(response.headers == [HTTPField("x-final", "b"), HTTPField("content-length", "3")])
    }

    @Test func repeatedFieldsStayInOrderAndNamesAreFoundInAnyCase() async throws {
        let response = try await exchange(Answer.ok(fields: "Set-Cookie: a\r\nX-Empty:\r\nset-cookie: b\r\n")).response
        #expect(response.headers.filter { $0.name == "set-cookie" }.map(\.value) == ["a", "b"])
        #expect(response.header("X-EMPTY") == "")
        #expect(response.header("X-Absent") == nil)
    }

    @Test func chunkedBodyIsPutTogetherAndItsTrailersAreNotFields() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\nX-Trailer: t\r\n\r\n"
        let response = try await exchange(answer).response
        #expect(String(decoding: response.body, as: UTF8.self) == "hello world")
        #expect(response.header("x-trailer") == nil)
    }

    @Test(arguments: [301, 404, 500, 503])
    func anyStatusIsAnAnswerAndRedirectsAreNotFollowed(status: Int) async throws {
        let answer = "HTTP/1.1 \(status) X\r\nLocation: /other\r\nContent-Length: 4\r\n\r\nbody"
        let response = try await exchange(answer).response
        #expect(response.status == status)
        #expect(response.header("location") == "/other")
        #expect(String(decoding: response.body, as: UTF8.self) == "body")
    }

    @Test func pathAndQueryAreSentAsTheyStand() async throws {
        let path = "/a/../b//./c%2F%2f?x=%7E&y=a+b&z"
        let server = try LoopbackServer(answering: { _ in Answer.ok() })
        let client = try CurlHTTPClient()
        _ = try await client.send(HTTPRequest(url: server.url(path)))
        #expect(server.requests.map(\.target) == [path])
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func bodyIsSentWholeWithoutExpectAndWithoutAMadeUpType(method: String) async throws {
        // libcurl asks for `100 Continue` from 1 MiB on.
        let body = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0) }
        let received = try await exchange(Answer.ok()) { request in
            request.method = method
            request.body = body
        }.received
        #expect(received.method == method)
        #expect(received.body == body)
        #expect(received.header("expect") == nil)
        #expect(received.header("content-type") == nil)
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func methodThatUsuallyHasABodySaysThatThereIsNone(method: String) async throws {
        let received = try await exchange(Answer.ok()) { $0.method = method }.received
        #expect(received.method == method)
        #expect(received.header("content-length") == "0")
        #expect(received.header("content-type") == nil)
    }

    @Test(arguments: ["GET", "DELETE", "OPTIONS"])
    func methodWithoutABodySaysNothingOfOne(method: String) async throws {
        let received = try await exchange(Answer.ok()) { $0.method = method }.received
        #expect(received.method == method)
        #expect(received.header("content-length") == nil)
    }

    @Test func fieldsAreSentAsGivenEmptyOnesToo() async throws {
        let received = try await exchange(Answer.ok()) { request in
            request.method = "POST"
            request.body = Array("{}".utf8)
            request.headers = [
                HTTPField("Content-Type", "application/x-amz-json-1.1"), HTTPField("X-Empty", ""),
                HTTPField("X-Two", "1"), HTTPField("X-Two", "2"),
            ]
        }.received
        #expect(received.header("content-type") == "application/x-amz-json-1.1")
        #expect(received.header("x-empty") == "")
        #expect(received.lines.filter { $0.hasPrefix("X-Two") } == ["X-Two: 1", "X-Two: 2"])
    }

    @Test func connectToChangesWhereNotWhatIsAsked() async throws {
        let server = try LoopbackServer(answering: { _ in Answer.ok() })
        let client = try CurlHTTPClient()
        var request = HTTPRequest(url: "http://grafana.example.com/api/health")
        request.connectTo = ConnectTarget(host: "127.0.0.1", port: server.port)
        let response = try await client.send(request)
        #expect(response.remoteAddress == "127.0.0.1")
        #expect(server.requests.first?.header("host") == "grafana.example.com")
        // Without it the connection just made must not be taken for the name's own.
        let port = try ClosedPort()
        request.connectTo = ConnectTarget(host: "127.0.0.1", port: port.number)
        let failure = await #expect(throws: HTTPFailure.self) { try await client.send(request) }
        #expect(failure?.reason == .refused)
    }

    @Test func bodyOfExactlyTheLimitIsTaken() async throws {
        let response = try await exchange(Answer.ok("12345")) { $0.sizeLimit = 5 }.response
        #expect(response.body.count == 5)
    }

    @Test func lengthInAnAnswerToHEADIsNoBody() async throws {
        let response = try await exchange("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n") { request in
            request.method = "HEAD"
            request.sizeLimit = 10
        }.response
        #expect(response.header("content-length") == "5000000000")
        #expect(response.body.isEmpty)
    }

    @Test func stagesAreTimedInOrder() async throws {
        let timings = try await exchange(Answer.ok()).response.timings
        #expect(timings.tls == .zero)
        #expect(timings.connect > .zero)
        #expect(timings.nameLookup <= timings.connect)
        #expect(timings.connect <= timings.firstByte)
        #expect(timings.firstByte <= timings.total)
    }
}
