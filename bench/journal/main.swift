import Glibc
import Journal
import MigrateCore

/// Measures the engine and its journal; each verb prints one JSON object.
///
/// Usage: `journal-bench rates DIRECTORY COUNT | write PATH COUNT | replay PATH`; directories should be on the disk that
/// journals will be on.
enum JournalBench {
    /// Steps a second of the real loop, and commits a second of SQLite alone, in the same minute on the same disk; and
    /// the processor time of a step, and of two commits of SQLite alone.
    ///
    /// One after the other, steps cost two commits, or one if their calls are convergent, as all looks answer at once;
    /// side by side they share them.
    static func rates(in directory: String, count: Int) async throws {
        let path = directory + "/bench-\(getpid()).sqlite"
        defer { wipe(path) }
        var floors: [Double] = []
        var floorWork: [Double] = []
        var rates: [String: [Double]] = [:]
        var work: [String: [Double]] = [:]
        let body = String(repeating: "0123456789", count: 60)
        // Why in turns: a disk is not as fast in one second as in the next.
        for _ in 1...3 {
            wipe(path)
            let floor = try Floor(path: path)
            let bare = try Cost.of { try floor.run(Array(repeating: body, count: count * 2)) }
            floors.append(Double(count * 2) / bare.wall)
            floorWork.append(bare.processor / Double(count) * 1e6)
            for (name, effect) in [("two_commits", EffectClass.reconcilable), ("one_commit", .convergent)] {
                wipe(path)
                let plan = LoopBench.plan(.sequential, of: effect, count: count)
                let chain = try await LoopBench.run(plan, parallel: 8, at: path)
                rates[name, default: []].append(Double(count) / chain.wall)
                work[name, default: []].append(chain.processor / Double(count) * 1e6)
            }
            wipe(path)
            let plan = LoopBench.plan(.independent, of: .reconcilable, count: 100)
            let side = try await LoopBench.run(plan, parallel: 100, at: path)
            rates["side_by_side", default: []].append(100 / side.wall)
            work["side_by_side", default: []].append(side.processor / 100 * 1e6)
        }
        var numbers = ["commits_per_second": median(floors), "microseconds_of_two_commits": median(floorWork)]
        for (name, rate) in rates { numbers["\(name)_steps_per_second"] = median(rate) }
        for (name, time) in work { numbers["\(name)_microseconds"] = median(time) }
        show(numbers)
    }

    /// A finished run of `count` steps at `path`.
    static func write(_ path: String, count: Int) async throws {
        wipe(path)
        let plan = LoopBench.plan(.independent, of: .convergent, count: count)
        let cost = try await LoopBench.run(plan, parallel: 64, at: path)
        show(["seconds": cost.wall, "steps": Double(count)])
    }

    /// Time and memory that it takes to know where the run at `path` stands from its events.
    static func replay(_ path: String) throws {
        var state: RunState?
        let cost = try Cost.of {
            let reader = try SQLiteJournal.open(path: path, wanted: nil, mode: .readOnly)
            guard let header = try reader.latestRun() else { throw BenchFault(message: "nothing has run") }
            state = .replay(header, entries: try reader.events(of: header.number))
        }
        show([
            "seconds": cost.wall, "events": Double(state?.sequence ?? 0), "steps": Double(state?.records.count ?? 0),
            "megabytes": Cost.peakMemory,
        ])
    }

    private static func wipe(_ path: String) { for end in ["", "-wal", "-shm"] { unlink(path + end) } }

    private static func median(_ numbers: [Double]) -> Double { numbers.sorted()[numbers.count / 2] }

    private static func show(_ numbers: [String: Double]) {
        print(Value.object(numbers.mapValues { .number($0) }).text)
    }

    static func main(_ arguments: [String]) async throws {
        switch (arguments.first, arguments.count, arguments.last.flatMap { Int($0) }) {
        case ("rates", 3, let count?): try await rates(in: arguments[1], count: count)
        case ("write", 3, let count?): try await write(arguments[1], count: count)
        case ("replay", 2, _): try replay(arguments[1])
        default: throw BenchFault(message: "usage: rates DIRECTORY COUNT | write PATH COUNT | replay PATH")
        }
    }
}

try await JournalBench.main(Array(CommandLine.arguments.dropFirst()))
