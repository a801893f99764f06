import Glibc
import Journal
import MigrateCore

/// Measures appends against the floor of the same run, and the reading of a long run.
///
/// Usage: `journal-bench [DIRECTORY]`; the directory should be on the disk that journals will be on. Times are given
/// by the wall and by the processor; the latter says more on a machine that does other work too.
enum JournalBench {
    static func run(in directory: String) throws {
        let path = directory + "/journal-bench-\(getpid()).sqlite"
        defer { wipe(path) }
        let entries = (0..<Workload.commits).map { Workload.entries(of: $0) }
        let bodies = try entries.map { try $0.map { try ValueEncoder.encode($0.event).text } }
        var ratios: [Double] = []
        for round in 1...3 {
            let floor = try measureFloor(bodies, path: path)
            let ours = try measureAppends(entries, path: path)
            ratios.append(floor.wall / ours.wall)
            print(
                "round \(round): floor \(floor.perCommit); journal \(ours.perCommit); ratio \(floor.wall / ours.wall)"
            )
        }
        print("median ratio \(ratios.sorted()[1]); at least 0.6 is wanted")
        try measureReading(path: path)
    }

    private static func wipe(_ path: String) { for end in ["", "-wal", "-shm"] { unlink(path + end) } }

    private static func measureFloor(_ bodies: [[String]], path: String) throws -> Cost {
        wipe(path)
        try Workload.open(path).journal.close()
        let floor = try Floor(path: path)
        return try Cost.of { try floor.run(bodies) }
    }

    private static func measureAppends(_ entries: [[JournalEntry]], path: String) throws -> Cost {
        wipe(path)
        let (journal, lease) = try Workload.open(path)
        return try Cost.of {
            for batch in entries {
                try journal.append(batch, evidence: [], standing: Workload.standing, to: 1, under: lease)
            }
        }
    }

    private static func measureReading(path: String) throws {
        let commits = 40_000 / Workload.eventsPerCommit + 1
        wipe(path)
        let (journal, lease) = try Workload.open(path)
        try journal.append(
            (0..<commits).flatMap { Workload.entries(of: $0) },
            evidence: [],
            standing: Workload.standing,
            to: 1,
            under: lease
        )
        try journal.close()
        for _ in 1...3 {
            let reader = try SQLiteJournal.open(path: path, wanted: nil, mode: .readOnly)
            var count = 0
            let read = try Cost.of { count = try reader.events(of: 1).count }
            var isIntact = false
            let check = try Cost.of { isIntact = try reader.verifyChain(of: 1).isIntact }
            print("\(count) events read: \(read); chain checked: \(check), \(isIntact ? "intact" : "broken")")
        }
    }
}

/// Time that something took.
struct Cost: CustomStringConvertible {
    /// Unit: seconds.
    var wall: Double
    /// Unit: seconds.
    var processor: Double

    static func of(_ body: () throws -> Void) rethrows -> Cost {
        let wall = now(CLOCK_MONOTONIC)
        let processor = now(CLOCK_PROCESS_CPUTIME_ID)
        try body()
        return Cost(wall: now(CLOCK_MONOTONIC) - wall, processor: now(CLOCK_PROCESS_CPUTIME_ID) - processor)
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    var description: String { "\(Int(wall * 1000)) ms, processor \(Int(processor * 1000)) ms" }

    /// Rate and cost of one of the workload's commits.
    var perCommit: String {
        "\(Int(Double(Workload.commits) / wall)) commits/s, processor \(Int(processor * 1e6) / Workload.commits) us each"
    }
}

try JournalBench.run(in: CommandLine.arguments.count > 1 ? CommandLine.arguments[1] : ".")
