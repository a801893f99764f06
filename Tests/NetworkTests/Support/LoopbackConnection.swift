import Glibc

/// One accepted connection, read and written by its own thread, blocking.
final class LoopbackConnection {
    /// Which of the server's connections this is, from 1.
    let number: Int
    private let descriptor: Int32
    private let ledger: LoopbackServer.Ledger
    private var pending: [UInt8] = []

    init(descriptor: Int32, number: Int, ledger: LoopbackServer.Ledger) {
        self.descriptor = descriptor
        self.number = number
        self.ledger = ledger
    }

    /// Reads one whole request and notes it; nil when the client has closed.
    func nextRequest() -> ReceivedRequest? {
        let end = Array("\r\n\r\n".utf8)
        var headEnd = 0
        while true {
            if pending.count >= 4,
                let found = pending.indices.dropLast(3).first(where: { pending[$0..<($0 + 4)].elementsEqual(end) })
            {
                headEnd = found
                break
            }
            guard receive() else { return nil }
        }
        let lines = String(decoding: pending[..<headEnd], as: UTF8.self).split(separator: "\r\n").map(String.init)
        pending.removeFirst(headEnd + 4)
        var request = ReceivedRequest(connection: number, lines: lines, body: [])
        let length = request.header("content-length").flatMap { Int($0) } ?? 0
        while pending.count < length { guard receive() else { return nil } }
        request.body = Array(pending.prefix(length))
        pending.removeFirst(length)
        ledger.note(request)
        return request
    }

    /// Reads exactly `count` bytes; nil when the client closes before.
    func take(_ count: Int) -> [UInt8]? {
        while pending.count < count { guard receive() else { return nil } }
        defer { pending.removeFirst(count) }
        return Array(pending.prefix(count))
    }

    /// Writes `text` whole, as far as the client takes it.
    func write(_ text: String) { write(bytes: Array(text.utf8)) }

    /// Writes `bytes` whole, as far as the client takes them.
    func write(bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until the client closes.
    func waitForClose() { while receive() {} }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return false }
        pending += buffer[..<count]
        return true
    }
}

/// A request as the server saw it.
struct ReceivedRequest: Sendable {
    /// Which of the server's connections it came over, from 1.
    let connection: Int
    /// Request line and header lines.
    let lines: [String]
    /// Body.
    var body: [UInt8]

    /// Verb.
    var method: String { parts.first ?? "" }
    /// Address as it stood in the request line.
    var target: String { parts.dropFirst().first ?? "" }

    private var parts: [String] { (lines.first ?? "").split(separator: " ").map(String.init) }

    /// First value of the field `name`.
    func header(_ name: String) -> String? {
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name.lowercased() else {
                continue
            }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }
}

/// Answers written by hand.
enum Answer {
    /// 200 with `body` and its length.
    static func ok(_ body: String = "ok", fields: String = "") -> String {
        "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
