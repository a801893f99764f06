import Foundation
import Glibc
import MigrateCore

/// The machine's clock.
struct SystemClock: RunClock {
    func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// Time since the machine began, on a clock that nobody sets.
    static func uptime() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    func offset(of zone: String, at time: Timestamp) -> Duration? {
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        return TimeZone(identifier: zone).map { .seconds($0.secondsFromGMT(for: date)) }
    }

    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
