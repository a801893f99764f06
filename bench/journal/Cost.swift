import Glibc

/// Time that something took.
struct Cost: CustomStringConvertible {
    /// Unit: seconds.
    var wall: Double
    /// Unit: seconds.
    var processor: Double

    static func of(_ body: () throws -> Void) rethrows -> Cost {
        let start = Self.now
        try body()
        return start.untilNow
    }

    /// Clocks as they stand.
    static var now: Cost { Cost(wall: time(CLOCK_MONOTONIC), processor: time(CLOCK_PROCESS_CPUTIME_ID)) }

    /// What went by since these clocks were read.
    var untilNow: Cost { Cost(wall: Self.now.wall - wall, processor: Self.now.processor - processor) }

    private static func time(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Greatest resident set of this process so far, in megabytes.
    static var peakMemory: Double {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1024
    }

    var description: String { "\(Int(wall * 1000)) ms, processor \(Int(processor * 1000)) ms" }
}
