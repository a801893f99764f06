/// A point of real time.
///
/// Unit: milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
public struct Timestamp: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    /// Milliseconds since 1970.
    public var milliseconds: Int64

    /// Makes a timestamp.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Reads the number alone, which is how journals hold it.
    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes the number alone.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    /// Earlier before later.
    public static func < (one: Timestamp, other: Timestamp) -> Bool { one.milliseconds < other.milliseconds }

    /// Time `duration` after `time`, to the millisecond.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + duration.inMilliseconds)
    }

    /// Time from `other` to `one`; negative when `other` is later.
    public static func - (one: Timestamp, other: Timestamp) -> Duration {
        .milliseconds(one.milliseconds - other.milliseconds)
    }

    /// ISO 8601 in UTC, to the second: `2026-01-13T04:05:06Z`.
    public var description: String {
        let date = civil
        let time = secondsOfDay
        return "\(date.year)-\(Self.padded(date.month))-\(Self.padded(date.day))T"
            + "\(Self.padded(time / 3600)):\(Self.padded(time / 60 % 60)):\(Self.padded(time % 60))Z"
    }

    /// Clock time in UTC: `04:05:06`.
    public var clockText: String { String(description.dropFirst(11).dropLast(1)) }

    private var secondsOfDay: Int64 {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let rest = seconds % 86_400
        return rest < 0 ? rest + 86_400 : rest
    }

    /// Year, month and day in the proleptic Gregorian calendar.
    ///
    /// Source: "chrono-Compatible Low-Level Date Algorithms", H. Hinnant, `civil_from_days`.
    private var civil: (year: Int64, month: Int64, day: Int64) {
        let seconds = milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
        let days = (seconds - secondsOfDay) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
