import MigrateCore
import Runner

/// One process of the tool: its jobs run when the scheduler says so, and stop for good when it is killed.
///
/// A killed process is cut off from the world at once: journal and cloud refuse it. Its tasks then unwind unseen.
final class SimulatedProcess: TaskExecutor, RunClock, @unchecked Sendable {
    // Why unchecked: touched by the scheduler's one thread alone.

    /// Number, from 1.
    let number: Int
    /// Whether its jobs are held back, as when a machine is out of memory or a laptop sleeps.
    var isStalled = false
    /// Whether it was killed.
    private(set) var isDead = false
    /// Whether it has come to its end, killed or not.
    var isOver = false
    /// Lease that it took; nil before.
    var epoch: Int?
    /// How it ended, for the story.
    var lastWords = ""
    /// Its Ctrl-C.
    let stop = StopWish()
    /// Task that it is.
    var task: Task<Void, Never>?

    private let scheduler: Scheduler
    private let granularity: Duration

    /// Makes a process whose sleeps are rounded up to `granularity`.
    ///
    /// Why rounded: a machine under load wakes late, and the pulses of a long soak would be most of the work.
    init(number: Int, scheduler: Scheduler, granularity: Duration) {
        self.number = number
        self.scheduler = scheduler
        self.granularity = granularity
    }

    /// Takes a job for the scheduler.
    func enqueue(_ job: consuming ExecutorJob) { scheduler.add(UnownedJob(job), of: self) }

    /// Runs `job` now.
    func run(_ job: UnownedJob) { job.runSynchronously(on: asUnownedTaskExecutor()) }

    /// Presses Ctrl-C.
    func interrupt() { stop.utter() }

    /// Kills it.
    func kill() {
        isDead = true
        isStalled = false
        task?.cancel()
    }

    /// The world's time.
    func now() -> Timestamp { scheduler.now }

    /// There is but one zone.
    func offset(of zone: String, at time: Timestamp) -> Duration? { zone == "UTC" ? .zero : nil }

    /// Returns after `duration` of the world's time, or a little later.
    ///
    /// Throws: `CancellationError`.
    func sleep(for duration: Duration) async throws {
        let missing = duration.inMilliseconds % granularity.inMilliseconds
        let length = missing == 0 ? duration : duration + granularity - .milliseconds(missing)
        try await exactSleep(for: length)
    }

    /// Returns after `duration` exactly: how long the world takes.
    ///
    /// Throws: `CancellationError`.
    func exactSleep(for duration: Duration) async throws {
        let id = scheduler.nextTimer()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { (sleeper: UnsafeContinuation<Void, any Error>) in
                if Task.isCancelled || isDead {
                    sleeper.resume(throwing: CancellationError())
                } else {
                    scheduler.wake(sleeper, after: duration, as: id)
                }
            }
        } onCancel: { [scheduler] in
            scheduler.cancelSleep(id)
        }
    }
}

/// The process is dead, and reaches nothing any more.
struct ProcessDied: Error {}

/// The disk was full; nothing was written.
struct DiskFull: Error {}
