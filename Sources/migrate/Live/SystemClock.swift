import Foundation
import MigrateCore

/// The machine's clock.
struct SystemClock: RunClock {
    func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    func offset(of zone: String, at time: Timestamp) -> Duration? {
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        return TimeZone(identifier: zone).map { .seconds($0.secondsFromGMT(for: date)) }
    }

    func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
