import Glibc
import Synchronization

@testable import Network

/// A TCP server on a free port of 127.0.0.1, with a thread a connection; ends with its last reference.
final class LoopbackServer: Sendable {
    /// What the server's threads share; it outlives the server until they have ended.
    final class Ledger: Sendable {
        private struct Entries {
            var requests: [ReceivedRequest] = []
            var open: Set<Int32> = []
            var connections = 0
            var isOver = false
        }
        private let entries = Mutex(Entries())

        /// All requests so far, over all connections.
        var requests: [ReceivedRequest] { entries.withLock { $0.requests } }
        /// How many connections were ever accepted.
        var connections: Int { entries.withLock { $0.connections } }

        /// Notes `request`.
        func note(_ request: ReceivedRequest) { entries.withLock { $0.requests.append(request) } }

        /// Notes an accepted connection and returns its number, from 1; nil when the server is over.
        func open(_ descriptor: Int32) -> Int? {
            entries.withLock { entries in
                guard !entries.isOver else { return nil }
                entries.open.insert(descriptor)
                entries.connections += 1
                return entries.connections
            }
        }

        /// Closes a connection; under the lock, so that `end` never meets its number in other hands.
        func close(_ descriptor: Int32) {
            entries.withLock { entries in
                entries.open.remove(descriptor)
                // Why not close alone: a child of another suite may have inherited it, and would keep the connection.
                shutdown(descriptor, Int32(SHUT_RDWR))
                _ = Glibc.close(descriptor)
            }
        }

        /// Ends all connections, whose threads then close them.
        func end() {
            entries.withLock { entries in
                entries.isOver = true
                for descriptor in entries.open { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
            }
        }
    }

    /// Port that the system gave.
    let port: Int
    private let listener: Int32
    private let ledger = Ledger()

    /// All requests so far.
    var requests: [ReceivedRequest] { ledger.requests }
    /// How many connections were ever accepted.
    var connections: Int { ledger.connections }

    /// Listens, and runs `serve` for each connection.
    convenience init(_ serve: @escaping @Sendable (LoopbackConnection) -> Void) throws {
        try self.init(on: LoopbackSocket.bound(to: SOCK_STREAM), serve)
    }

    /// Listens on a socket that is bound already.
    init(
        on socket: (descriptor: Int32, port: Int),
        _ serve: @escaping @Sendable (LoopbackConnection) -> Void
    ) throws {
        (listener, port) = socket
        try LoopbackSocket.check(listen(listener, 512), "listen")
        try DetachedThread.start(named: "test-accept") { [listener, ledger] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let number = ledger.open(descriptor) else { break }
                do {
                    try DetachedThread.start(named: "test-serve") {
                        serve(LoopbackConnection(descriptor: descriptor, number: number, ledger: ledger))
                        ledger.close(descriptor)
                    }
                } catch {
                    ledger.close(descriptor)
                }
            }
            close(listener)
        }
    }

    /// Answers each request by what `answer` makes of it, on connections that are kept.
    convenience init(answering answer: @escaping @Sendable (ReceivedRequest) -> String) throws {
        try self.init { connection in
            while let request = connection.nextRequest() { connection.write(answer(request)) }
        }
    }

    deinit {
        ledger.end()
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Address of `path` on this server.
    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }
}

/// A system call of a test's server failed.
struct LoopbackRefusal: Error {
    /// Name of the call.
    let call: String
    /// The system's number.
    let errorNumber: Int32
}

/// Sockets bound to free ports of 127.0.0.1.
enum LoopbackSocket {
    /// A socket of `type` on a free port, or on `port`.
    static func bound(to type: __socket_type, port: Int = 0) throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(type.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        try check(descriptor, "socket")
        var address = address(port)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(descriptor, name, size) == 0 else { return -1 }
            return getsockname(descriptor, name, &size)
        }
        guard code == 0 else {
            let refusal = LoopbackRefusal(call: "bind", errorNumber: errno)
            close(descriptor)
            throw refusal
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A stream and a datagram socket on one free port.
    ///
    /// The system gives a port that is free for streams only, so that others' datagram sockets must be met with
    /// another try.
    static func boundPair() throws -> (stream: Int32, datagrams: Int32, port: Int) {
        var tries = 0
        while true {
            let (stream, port) = try bound(to: SOCK_STREAM)
            do {
                return (stream, try bound(to: SOCK_DGRAM, port: port).descriptor, port)
            } catch let refusal as LoopbackRefusal {
                close(stream)
                tries += 1
                guard refusal.errorNumber == EADDRINUSE, tries < 100 else { throw refusal }
            }
        }
    }

    /// Connects `descriptor` to `port`.
    static func connect(_ descriptor: Int32, port: Int) throws {
        var address = address(port)
        let code = withUnsafeBytes(of: &address) { bytes -> Int32 in
            guard let name = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return Glibc.connect(descriptor, name, socklen_t(bytes.count))
        }
        try check(code, "connect")
    }

    private static func address(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return address
    }

    /// Throws when `code` says that `call` failed.
    static func check(_ code: Int32, _ call: String) throws {
        guard code >= 0 else { throw LoopbackRefusal(call: call, errorNumber: errno) }
    }
}
