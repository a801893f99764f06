@preconcurrency import Dispatch
import Glibc
import MigrateCore
import Synchronization

/// Turns Ctrl-C and SIGTERM into a wish to stop; a second one, at least a second later, ends the process at once.
final class StopSignals: Sendable {
    private let sources: [any DispatchSourceSignal]

    /// Starts to listen; `onFirst` is called for the first signal, `onSecond` for every one that is not its echo.
    ///
    /// `uptime` tells the time of each signal.
    init(
        onFirst: @escaping @Sendable () -> Void,
        onSecond: @escaping @Sendable () -> Void,
        uptime: @escaping @Sendable () -> Duration = { SystemClock.uptime() }
    ) {
        let listener = StopListener()
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                switch listener.heard(at: uptime()) {
                case .stop: onFirst()
                case .echo: break
                case .endAtOnce: onSecond()
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
        let working = Task { try await work() }
        let signals = StopSignals(onFirst: { working.cancel() }, onSecond: { Exit.now(.interrupted) })
        defer { withExtendedLifetime(signals) {} }
        do { try await working.value } catch is CancellationError {}
    }
}

/// Hears signals on any thread.
private final class StopListener: Sendable {
    private let calls = Mutex(StopCalls())
    func heard(at moment: Duration) -> StopCalls.Meaning { calls.withLock { $0.heard(at: moment) } }
}
