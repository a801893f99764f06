/// TCP connections made by a `CurlHTTPClient`'s thread, which sends nothing over them and closes them at once.
///
/// A host name's addresses are tried as libcurl tries them: IPv6 and IPv4 side by side. No proxy is used.
public struct SocketTCPProbe: TCPConnecting {
    private let client: CurlHTTPClient

    /// Shares `client`'s thread and its limits of connections; works until that client is stopped.
    public init(sharing client: CurlHTTPClient) {
        self.client = client
    }

    /// Connects to `host`:`port` within `timeout`; the duration counts from the start, name lookup included.
    ///
    /// Throws: `TCPFailure`; `CancellationError` when the task was cancelled.
    public func connect(host: String, port: Int, timeout: Duration) async throws -> Duration {
        var request = HTTPRequest(url: try Self.url(host: host, port: port), timeout: timeout)
        request.connectTimeout = timeout
        request.usesProxy = false
        do {
            return try await client.driver.run(CurlJob(request: request, connectsOnly: true)).timings.connect
        } catch let failure as HTTPFailure {
            throw TCPFailure(failure)
        }
    }

    /// The address libcurl is given; it is never sent.
    private static func url(host: String, port: Int) throws(TCPFailure) -> String {
        // Why so narrow: in an address of the web `@`, `/`, `?` and `#` would mean something else than a host.
        let isHost = host.utf8.allSatisfy { byte in
            byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                || ".-_:[]".utf8.contains(byte)
        }
        guard isHost, !host.isEmpty, (1...65535).contains(port) else {
            throw .other("`\(host):\(port)` is not a host and port")
        }
        return "http://\(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host):\(port)"
    }
}

extension TCPFailure {
    /// What a failure of libcurl's means for a bare connection.
    init(_ failure: HTTPFailure) {
        switch failure.reason {
        case .unresolved: self = .unresolved
        case .refused: self = .refused
        case .timedOut: self = .timedOut
        case .badURL, .tls, .certificate, .tooLarge, .connectionLost, .other: self = .other(failure.message)
        }
    }
}
