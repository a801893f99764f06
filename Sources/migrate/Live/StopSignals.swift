@preconcurrency import Dispatch
import Glibc
import Synchronization

/// Turns Ctrl-C and SIGTERM into a wish to stop; a second one ends the process at once.
final class StopSignals: Sendable {
    /// Yields once, at the first signal.
    let stream: AsyncStream<Void>
    private let sources: [any DispatchSourceSignal]

    /// Starts to listen; `onFirst` is called for the first signal, `onSecond` for every one after it.
    init(onFirst: @escaping @Sendable () -> Void, onSecond: @escaping @Sendable () -> Void) {
        let (stream, sender) = AsyncStream<Void>.makeStream()
        let count = Atomic<Int>(0)
        let counter = SignalCounter(count)
        self.stream = stream
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if counter.next() == 1 {
                    onFirst()
                    sender.yield(())
                } else {
                    onSecond()
                }
            }
            source.resume()
            return source
        }
    }
}

extension StopSignals {
    /// Does `work` until it ends by itself or the first signal cancels it; a second one ends the process at once.
    static func cancelling(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let stop = StopSignals(onFirst: {}, onSecond: { Exit.now(.interrupted) })
        let working = Task { try await work() }
        let listening = Task {
            for await _ in stop.stream { working.cancel() }
        }
        defer { listening.cancel() }
        do { try await working.value } catch is CancellationError {}
    }
}

/// Counts signals from any thread.
private final class SignalCounter: Sendable {
    private let count: Atomic<Int>
    init(_ count: consuming Atomic<Int>) { self.count = count }
    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
