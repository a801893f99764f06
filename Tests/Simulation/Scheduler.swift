import MigrateCore

/// Runs the jobs of all processes one by one, in an order that follows from the seed, under a clock of its own.
///
/// Rule: whatever belongs to one simulation runs inside `step`, on the thread that calls it. Why: two threads, or one
/// job of another executor, would make the order an accident. What if you don't: a seed fails once and never again.
final class Scheduler: @unchecked Sendable {
    // Why unchecked: touched by one thread alone, the one that calls `step`; jobs run nowhere else.

    /// Time of the simulated world.
    private(set) var now = Timestamp(milliseconds: 1_800_000_000_000)
    /// Jobs run so far.
    private(set) var jobsRun = 0
    /// Called before time goes on, when nothing is left to do at this moment.
    var whenIdle: () -> Void = {}

    private let dice: Dice
    private var ready: [(process: SimulatedProcess, job: UnownedJob)] = []
    private var timers: [Timer] = []
    private var lastTimer = 0

    private struct Timer {
        var id: Int
        var at: Timestamp
        var wake: Wake
    }

    private enum Wake {
        case sleeper(UnsafeContinuation<Void, any Error>)
        case act(() -> Void)
    }

    /// Makes a scheduler that chooses by `dice`.
    init(dice: Dice) { self.dice = dice }

    /// Takes in a job that `process` is to run.
    func add(_ job: UnownedJob, of process: SimulatedProcess) { ready.append((process, job)) }

    /// Does `act` after `delay`.
    func after(_ delay: Duration, _ act: @escaping () -> Void) {
        timers.append(Timer(id: nextTimer(), at: now + delay, wake: .act(act)))
    }

    /// Number for a timer.
    func nextTimer() -> Int {
        lastTimer += 1
        return lastTimer
    }

    /// Resumes `sleeper` after `delay`.
    func wake(_ sleeper: UnsafeContinuation<Void, any Error>, after delay: Duration, as id: Int) {
        timers.append(Timer(id: id, at: now + delay, wake: .sleeper(sleeper)))
    }

    /// Ends the sleep `id` early, with an error; harmless when it is over.
    func cancelSleep(_ id: Int) {
        guard let index = timers.firstIndex(where: { $0.id == id }) else { return }
        if case .sleeper(let sleeper) = timers.remove(at: index).wake { sleeper.resume(throwing: CancellationError()) }
    }

    /// Runs one job, or lets time go on to the next timer when no job is left; false when nothing is left at all.
    func step() -> Bool {
        if let index = chosenJob() {
            let chosen = ready[index]
            ready.swapAt(index, ready.count - 1)
            ready.removeLast()
            jobsRun += 1
            chosen.process.run(chosen.job)
            return true
        }
        whenIdle()
        return fireTimer()
    }

    private func chosenJob() -> Int? {
        if ready.isEmpty { return nil }
        let index = dice.below(ready.count)
        if !ready[index].process.isStalled { return index }
        let runnable = ready.indices.filter { !ready[$0].process.isStalled }
        return dice.any(of: runnable)
    }

    private func fireTimer() -> Bool {
        guard let first = timers.map(\.at).min() else { return false }
        let due = timers.indices.filter { timers[$0].at == first }
        now = max(now, first)
        switch timers.remove(at: dice.pick(due)).wake {
        case .sleeper(let sleeper): sleeper.resume()
        case .act(let act): act()
        }
        return true
    }
}
