import Glibc

/// A port of 127.0.0.1 that refuses, over TCP and UDP, as long as this lives: held, so that no one else gets it.
final class ClosedPort {
    /// Number of the port.
    let number: Int
    private let stream: Int32
    private let datagrams: Int32

    /// Takes a free port.
    init() throws {
        // Streams: bound but not listening. Datagrams: connected to another port, refused from anywhere else.
        (stream, datagrams, number) = try LoopbackSocket.boundPair()
        try LoopbackSocket.connect(datagrams, port: 1)
    }

    deinit {
        close(stream)
        close(datagrams)
    }
}
