import Foundation
import Glibc
import Synchronization

/// An endpoint of AWS on loopback that gives every request the same answer, or refuses connections.
final class Endpoint: Sendable {
    /// What a request gets.
    enum Answer: String {
        /// Nobody listens: the port is held, so that no one else gets it.
        case closed
        /// The credentials were good once.
        case expired
    }

    struct Fault: Error {
        let call: String
        let number: Int32
    }

    /// URL for `AWS_ENDPOINT_URL`.
    let url: String
    private let socket: Int32

    /// Opens a port found free.
    init(_ answer: Answer) throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Fault(call: "socket", number: errno) }
        self.socket = socket
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, length) == 0 ? getsockname(socket, pointer, &length) : -1
            }
        }
        guard code == 0 else { throw Fault(call: "bind", number: errno) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        guard answer == .expired else { return }
        guard listen(socket, 16) == 0 else { throw Fault(call: "listen", number: errno) }
        Thread.detachNewThread { Self.serve(socket) }
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private static func serve(_ socket: Int32) {
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { return }
            readRequest(connection)
            let body =
                #"{"__type": "ExpiredTokenException", "message": "The security token included in the request is expired"}"#
            let answer = """
                HTTP/1.1 400 Bad Request\r\nContent-Type: application/x-amz-json-1.1\r\n\
                x-amzn-RequestId: 11111111-2222-3333-4444-555555555555\r\n\
                Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)
                """
            _ = Array(answer.utf8).withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
            close(connection)
        }
    }

    /// Reads until the body is complete, as far as its announced length tells.
    private static func readRequest(_ connection: Int32) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(connection, &buffer, buffer.count)
            guard count > 0 else { return }
            bytes += buffer.prefix(count)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.firstRange(of: "\r\n\r\n") else { continue }
            let wanted = text.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.output.1) } ?? 0
            if text[end.upperBound...].utf8.count >= wanted { return }
        }
    }
}
