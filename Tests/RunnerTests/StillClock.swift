import MigrateCore
import Runner
import Synchronization

/// Clock that stands still while work is done, and jumps ahead by whatever is slept.
///
/// The loop's own pulses never beat, and the limit of a call is never reached: a pulse that returned at once would
/// spin, and a call would race its limit.
final class StillClock: RunClock {
    private static let endless: [Duration] = [LeaseRecord.renewal, .milliseconds(250), .seconds(600)]
    private let time = Mutex(Timestamp(milliseconds: 1_000_000))
    private let losesPatience: Bool

    /// Makes a clock; with `losesPatience` the time that calls in hand get once somebody wants to stop passes too.
    init(losesPatience: Bool = false) { self.losesPatience = losesPatience }

    func now() -> Timestamp { time.withLock { $0 } }

    func offset(of zone: String, at time: Timestamp) -> Duration? { zone == "UTC" ? .zero : nil }

    func sleep(for duration: Duration) async throws {
        if Self.endless.contains(duration) || duration == RunLoop.stopPatience && !losesPatience {
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
        try Task.checkCancellation()
        time.withLock { $0 = $0 + duration }
        await Task.yield()
    }
}
