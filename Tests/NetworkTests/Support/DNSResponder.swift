import Glibc
import Synchronization

@testable import Network

/// A name server on a free port of 127.0.0.1, over UDP and TCP; ends with its last reference.
final class DNSResponder: Sendable {
    /// One question as it came.
    struct Received: Sendable {
        let bytes: [UInt8]
        let isTCP: Bool
        /// Whether the server was asked to ask others.
        var isRecursive: Bool { bytes[2] & 0x01 != 0 }
        /// Name asked for.
        var name: String { DNSWire.name(of: bytes) }
    }

    /// `address:port` for a question.
    var server: String { "127.0.0.1:\(port)" }
    /// Port that the system gave.
    let port: Int
    /// All questions so far.
    var received: [Received] { log.entries.withLock { $0 } }

    private final class Log: Sendable { let entries = Mutex<[Received]>([]) }
    private let log = Log()
    private let stream: LoopbackServer
    private let datagrams: Int32

    /// Answers each question by the bytes that `answer` gives; nil answers nothing.
    init(_ answer: @escaping @Sendable (Received) -> [UInt8]?) throws {
        let sockets = try LoopbackSocket.boundPair()
        (datagrams, port) = (sockets.datagrams, sockets.port)
        stream = try LoopbackServer(on: (sockets.stream, sockets.port)) { [log] connection in
            while let size = connection.take(2), let bytes = connection.take(Int(size[0]) << 8 | Int(size[1])) {
                let received = Received(bytes: bytes, isTCP: true)
                log.entries.withLock { $0.append(received) }
                guard let reply = answer(received) else { continue }
                connection.write(bytes: DNSWire.word(reply.count) + reply)
            }
        }
        try DetachedThread.start(named: "test-dns") { [log, datagrams] in
            Self.serve(datagrams) { bytes in
                let received = Received(bytes: bytes, isTCP: false)
                log.entries.withLock { $0.append(received) }
                return answer(received)
            }
        }
    }

    /// Answers each question with `reply`.
    convenience init(_ reply: DNSWire.Reply) throws {
        try self.init { DNSWire.bytes(reply, to: $0.bytes) }
    }

    // Wakes the thread, which closes the socket.
    deinit { shutdown(datagrams, Int32(SHUT_RDWR)) }

    private static func serve(_ descriptor: Int32, _ answer: ([UInt8]) -> [UInt8]?) {
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var client = sockaddr_storage()
            var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
            withUnsafeMutableBytes(of: &client) { bytes in
                let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
                let count = recvfrom(descriptor, &buffer, buffer.count, 0, name, &size)
                guard count > 0 else { return size = 0 }
                guard let reply = answer(Array(buffer[..<count])) else { return }
                sendto(descriptor, reply, reply.count, 0, name, size)
            }
            guard size > 0 else { break }
        }
        close(descriptor)
    }
}
