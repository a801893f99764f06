import Testing

@testable import Network

/// Bare TCP connections.
@Suite(.timeLimit(.minutes(1)))
struct TCPProbeTests {
    @Test func openPortConnectsSendsNothingAndCloses() async throws {
        let closed = Arrival()
        let server = try LoopbackServer { connection in
            #expect(connection.nextRequest() == nil)
            closed.signal()
        }
        let took = try await SocketTCPProbe(sharing: CurlHTTPClient())
            .connect(host: "127.0.0.1", port: server.port, timeout: .seconds(5))
        #expect(took > .zero)
        await closed.wait()
        #expect(server.requests.isEmpty)
    }

    @Test func idleConnectionOfTheSharedClientIsNotTakenForANewOne() async throws {
        let server = try LoopbackServer(answering: { _ in Answer.ok() })
        let client = try CurlHTTPClient()
        _ = try await client.send(HTTPRequest(url: server.url()))
        _ = try await SocketTCPProbe(sharing: client).connect(
            host: "127.0.0.1",
            port: server.port,
            timeout: .seconds(5)
        )
        _ = try await client.send(HTTPRequest(url: server.url()))
        #expect(server.connections == 2)
        #expect(server.requests.map(\.connection) == [1, 1])
    }

    @Test func closedPortIsRefused() async throws {
        let port = try ClosedPort()
        let probe = SocketTCPProbe(sharing: try CurlHTTPClient())
        await #expect(throws: TCPFailure.refused) {
            try await probe.connect(host: "127.0.0.1", port: port.number, timeout: .seconds(5))
        }
    }

    @Test func nameThatCannotExistIsUnresolved() async throws {
        let probe = SocketTCPProbe(sharing: try CurlHTTPClient())
        await #expect(throws: TCPFailure.unresolved) {
            try await probe.connect(host: String(repeating: "a", count: 64) + ".test", port: 80, timeout: .seconds(5))
        }
    }

    @Test(arguments: [("", 80), ("a/b", 80), ("user@host", 80), ("a b", 80), ("127.0.0.1", 0), ("127.0.0.1", 65536)])
    func whatIsNotAHostAndPortIsRefused(host: String, port: Int) async throws {
        let probe = SocketTCPProbe(sharing: try CurlHTTPClient())
        await #expect(throws: TCPFailure.other("`\(host):\(port)` is not a host and port")) {
            try await probe.connect(host: host, port: port, timeout: .seconds(5))
        }
    }
}
