import FlyingFox
import FlyingSocks

/// Messages as the body of an answer that does not end.
struct EventBytes: AsyncBufferedSequence {
    typealias Element = UInt8

    let messages: AsyncStream<[UInt8]>

    func makeAsyncIterator() -> Iterator { Iterator(messages: messages.makeAsyncIterator()) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        var messages: AsyncStream<[UInt8]>.AsyncIterator
        private var rest: ArraySlice<UInt8> = []

        init(messages: AsyncStream<[UInt8]>.AsyncIterator) { self.messages = messages }

        mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            if rest.isEmpty {
                guard let message = await messages.next() else { return nil }
                rest = message[...]
            }
            // Why all of it: a message is of no use to the page before its end.
            defer { rest = [] }
            return rest
        }
    }
}
