/// Something a server's thread tells a test: that a thing has happened `count` times.
final class Arrival: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream<Void>.makeStream() }

    /// Says that it happened once more.
    func signal() { continuation.yield() }

    /// Waits until it has happened `count` times.
    func wait(_ count: Int = 1) async {
        var seen = 0
        for await _ in stream {
            seen += 1
            if seen == count { return }
        }
    }
}
