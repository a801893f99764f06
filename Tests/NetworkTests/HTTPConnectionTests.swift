import Testing

@testable import Network

/// Connections: reuse, the silent second sending, limits, many at once, cancelling.
@Suite(.timeLimit(.minutes(1)))
struct HTTPConnectionTests {
    /// Answers the first request of each connection, then reads a second and closes without a byte.
    private static func dyingServer() throws -> LoopbackServer {
        try LoopbackServer { connection in
            guard connection.nextRequest() != nil else { return }
            connection.write(Answer.ok())
            _ = connection.nextRequest()
        }
    }

    private static func post(_ url: String, fresh: Bool) -> HTTPRequest {
        var request = HTTPRequest(method: "POST", url: url, body: [1, 2, 3])
        request.usesFreshConnection = fresh
        return request
    }

    @Test func keptConnectionIsReused() async throws {
        let server = try LoopbackServer(answering: { _ in Answer.ok() })
        let client = try CurlHTTPClient()
        let first = try await client.send(HTTPRequest(url: server.url()))
        let second = try await client.send(HTTPRequest(url: server.url()))
        #expect(first.newConnections == 1)
        #expect(second.newConnections == 0)
        #expect(server.connections == 1)
        #expect(second.remoteAddress == "127.0.0.1")
    }

    /// Not a wish: it is what libcurl does, and why `usesFreshConnection` exists.
    @Test func postOnAReusedConnectionThatDiesIsSentTwice() async throws {
        let server = try Self.dyingServer()
        let client = try CurlHTTPClient()
        _ = try await client.send(Self.post(server.url("/first"), fresh: false))
        let response = try await client.send(Self.post(server.url("/second"), fresh: false))
        #expect(response.status == 200)
        #expect(server.requests.map(\.target) == ["/first", "/second", "/second"])
    }

    @Test func postOnAFreshConnectionIsSentOnceAlthoughAKeptOneIsDead() async throws {
        let server = try Self.dyingServer()
        let client = try CurlHTTPClient()
        _ = try await client.send(Self.post(server.url("/first"), fresh: false))
        let response = try await client.send(Self.post(server.url("/second"), fresh: true))
        #expect(response.newConnections == 1)
        #expect(server.requests.map(\.target) == ["/first", "/second"])
    }

    @Test func postOnAFreshConnectionThatDiesFailsAndIsSentOnce() async throws {
        let server = try LoopbackServer { _ = $0.nextRequest() }
        let client = try CurlHTTPClient()
        let failure = await #expect(throws: HTTPFailure.self) {
            try await client.send(Self.post(server.url("/only"), fresh: true))
        }
        #expect(failure?.reason == .connectionLost)
        #expect(failure?.mayHaveSent == true)
        #expect(server.requests.map(\.target) == ["/only"])
    }

    @Test func manyRequestsAtOnceAreAllAnsweredWithinTheLimitOfConnections() async throws {
        let server = try LoopbackServer(answering: { Answer.ok($0.target) })
        let client = try CurlHTTPClient(limits: HTTPConnectionLimits(total: 8, perHost: 8))
        let count = 500
        let bodies = try await withThrowingTaskGroup(of: (String, String).self) { group in
            for index in 0..<count {
                let path = "/\(index)"
                group.addTask {
                    (
                        path,
                        String(decoding: try await client.send(HTTPRequest(url: server.url(path))).body, as: UTF8.self)
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bodies.count == count)
        #expect(bodies.allSatisfy { $0.0 == $0.1 })
        #expect(server.connections <= 8)
    }

    @Test func cancelledRequestEndsAtOnceAndFreesItsConnection() async throws {
        let arrival = Arrival()
        let server = try LoopbackServer { connection in
            guard let request = connection.nextRequest() else { return }
            if request.target == "/hang" {
                arrival.signal()
                connection.waitForClose()
            } else {
                connection.write(Answer.ok())
            }
        }
        let client = try CurlHTTPClient(limits: HTTPConnectionLimits(total: 1, perHost: 1))
        let hanging = Task { try await client.send(HTTPRequest(url: server.url("/hang"))) }
        await arrival.wait()
        let waiting = Task { try await client.send(HTTPRequest(url: server.url("/next"))) }
        hanging.cancel()
        await #expect(throws: CancellationError.self) { try await hanging.value }
        #expect(try await waiting.value.status == 200)
    }

    @Test func requestOfACancelledTaskIsNeverSent() async throws {
        let server = try LoopbackServer { $0.waitForClose() }
        let client = try CurlHTTPClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(HTTPRequest(url: server.url()))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func requestThatWaitsForAConnectionTimesOutUnsent() async throws {
        let arrival = Arrival()
        let server = try LoopbackServer { connection in
            _ = connection.nextRequest()
            arrival.signal()
            connection.waitForClose()
        }
        let client = try CurlHTTPClient(limits: HTTPConnectionLimits(total: 1, perHost: 1))
        // Its limit is beyond the suite's: the queued one must not be waiting for it.
        let hog = Task { try await client.send(HTTPRequest(url: server.url("/hog"), timeout: .seconds(600))) }
        await arrival.wait()
        let failure = await #expect(throws: HTTPFailure.self) {
            try await client.send(HTTPRequest(url: server.url("/queued"), timeout: .milliseconds(50)))
        }
        #expect(failure?.reason == .timedOut)
        #expect(failure?.mayHaveSent == false)
        hog.cancel()
        _ = await hog.result
        #expect(server.requests.map(\.target) == ["/hog"])
    }

    @Test func stoppedClientFailsWhatIsUnderWayAndWhatComesLater() async throws {
        let arrival = Arrival()
        let server = try LoopbackServer { connection in
            _ = connection.nextRequest()
            arrival.signal()
            connection.waitForClose()
        }
        let client = try CurlHTTPClient()
        let task = Task { try await client.send(HTTPRequest(url: server.url())) }
        await arrival.wait()
        client.stop()
        let underWay = await #expect(throws: HTTPFailure.self) { try await task.value }
        #expect(underWay?.mayHaveSent == true)
        let later = await #expect(throws: HTTPFailure.self) { try await client.send(HTTPRequest(url: server.url())) }
        #expect(later == CurlDriver.stopped)
    }
}
