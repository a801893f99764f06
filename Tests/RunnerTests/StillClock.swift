import MigrateCore
import Runner
import Synchronization

/// Clock that stands still while work is done, and jumps ahead by whatever is slept.
///
/// The loop's own pulses beat when they are told to, if ever, and the limit of a call is never reached: a pulse that
/// returned at once would spin, and a call would race its limit.
final class StillClock: RunClock {
    private static let endless: [Duration] = [
        LeaseRecord.renewal, .milliseconds(250), RunMachine.readinessFreshness, .seconds(600),
    ]
    private let time = Mutex(Timestamp(milliseconds: 1_000_000))
    private let losesPatience: Bool
    private let beats: [Duration: AsyncStream<Void>]
    private let holding: Set<Duration>

    /// Makes a clock.
    ///
    /// With `losesPatience` the time that calls in hand get once somebody wants to stop passes too.
    /// Pulses of an interval in `beats` beat with its stream; sleeps of a length in `holding` never end.
    init(losesPatience: Bool = false, beats: [Duration: AsyncStream<Void>] = [:], holding: Set<Duration> = []) {
        self.losesPatience = losesPatience
        self.beats = beats
        self.holding = holding
    }

    func now() -> Timestamp { time.withLock { $0 } }

    func offset(of zone: String, at time: Timestamp) -> Duration? { zone == "UTC" ? .zero : nil }

    func sleep(for duration: Duration) async throws {
        if let beats = beats[duration] {
            for await _ in beats { return }
            throw CancellationError()
        }
        if Self.endless.contains(duration) || holding.contains(duration)
            || duration == RunLoop.stopPatience && !losesPatience
        {
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
        try Task.checkCancellation()
        time.withLock { $0 = $0 + duration }
        await Task.yield()
    }
}
